import type { EventDefinition, TopicName } from '#contracts';
import { HandlerRegistryError } from '../errors.js';
import type { RegisteredHandler } from './delivery.js';

/** Which handler takes which event type. Built once at boot; any mismatch with the app's own list stops the process. */
export class HandlerRegistry {
  private readonly byType = new Map<string, RegisteredHandler>();
  readonly topics: readonly TopicName[];

  constructor(group: string, expected: readonly EventDefinition[], handlers: readonly RegisteredHandler[]) {
    const expectedTypes = new Set(expected.map(({ type }) => type));
    for (const handler of handlers) {
      const { type } = handler.definition;
      const known = this.byType.get(type);
      if (!expectedTypes.has(type))
        throw new HandlerRegistryError(`${handler.name} handles ${type}, which is not in the list of ${group}`);
      if (known !== undefined)
        throw new HandlerRegistryError(`both ${known.name} and ${handler.name} handle ${type} in ${group}`);
      this.byType.set(type, handler);
    }
    const missing = [...expectedTypes].filter((type) => !this.byType.has(type));
    if (missing.length > 0) throw new HandlerRegistryError(`${group} has no handler for ${missing.join(', ')}`);
    this.topics = [...new Set(expected.map(({ topic }) => topic))];
  }

  find(type: string): RegisteredHandler | undefined {
    return this.byType.get(type);
  }
}
