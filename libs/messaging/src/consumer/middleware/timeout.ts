import { withDeadline } from '../../deadline.js';
import { HandlerTimeoutError } from '../../errors.js';
import type { Middleware } from '../delivery.js';

/** No handler may hold its partition for ever. */
export function timeout(deadlineMs: number): Middleware {
  return (next, name) => (delivery) => withDeadline(next(delivery), deadlineMs, () => new HandlerTimeoutError(name, deadlineMs));
}
