import { AsyncLocalStorage } from 'node:async_hooks';
import { currentSpan } from '#tracing';
import type { Middleware } from '../delivery.js';

const storage = new AsyncLocalStorage<string>();

/** The id that joins log lines and events of one chain of causes: that of the event in work, if any. */
export function currentCorrelationId(): string | undefined {
  return storage.getStore();
}

/** Hands the event's correlation id, or its own id where it has none, to everything that the handler calls. */
export const correlation: Middleware = (next) => (delivery) => {
  const { correlationid, id } = delivery.event;
  currentSpan().note({ 'rollcall.correlation_id': correlationid });
  return storage.run(correlationid ?? id, () => next(delivery));
};
