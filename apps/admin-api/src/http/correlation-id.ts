import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

const ids = new WeakMap<object, string>();

/** One id per request, the same in the answer and in the log. It is ours: a caller's text would end up in logs. */
export function correlationIdOf(request: FastifyRequest): string {
  const known = ids.get(request.raw);
  if (known !== undefined) return known;
  const id = randomUUID();
  ids.set(request.raw, id);
  return id;
}
