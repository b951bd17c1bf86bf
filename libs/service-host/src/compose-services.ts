import type { OwnerMigrations } from '#database';
import type { ServiceDefinition } from './run-service.js';

/** Several services in one process: the same modules, consumers and migrations, each schema once. */
export function composeServices(name: string, parts: readonly ServiceDefinition[]): ServiceDefinition {
  const owners = new Map<string, OwnerMigrations>(parts.flatMap((part) => part.owners.map((owner) => [owner.schema, owner])));
  return {
    name,
    owners: [...owners.values()],
    modules: (services) => parts.flatMap((part) => part.modules(services)),
    strategies: (consumer) => parts.flatMap((part) => part.strategies?.(consumer) ?? []),
    configure: async (app, services) => {
      for (const part of parts) await part.configure?.(app, services);
    },
    answerEarly: (request, response) => parts.some((part) => part.answerEarly?.(request, response) === true),
  };
}
