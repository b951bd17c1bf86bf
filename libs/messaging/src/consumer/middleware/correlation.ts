import { AsyncLocalStorage } from 'node:async_hooks';
import type { Middleware } from '../delivery.js';

const storage = new AsyncLocalStorage<string>();

/** The id that joins log lines and events of one chain of causes: that of the event in work, if any. */
export function currentCorrelationId(): string | undefined {
  return storage.getStore();
}

/** Hands the event's correlation id, or its own id where it has none, to everything that the handler calls. */
export const correlation: Middleware = (next) => (delivery) =>
  storage.run(delivery.event.correlationid ?? delivery.event.id, () => next(delivery));
