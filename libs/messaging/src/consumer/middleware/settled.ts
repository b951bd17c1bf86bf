import type { Middleware } from '../delivery.js';

/** A handler that throws before its first await rejects like any other. */
export const settled: Middleware = (next) => async (delivery) => {
  await next(delivery);
};
