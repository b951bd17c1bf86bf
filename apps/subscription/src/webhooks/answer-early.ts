import type { EarlyAnswer } from '#service-host';
import { answerValidation } from './answer-validation.middleware.js';

const WEBHOOKS = new Set(['/webhooks/graph/notifications', '/webhooks/graph/lifecycle']);

/** Validation needs no engine, so it is answered from the first second on, also with Postgres away at start. */
export const answerValidationEarly: EarlyAnswer = (request, response) => {
  const [path = ''] = (request.url ?? '').split('?', 1);
  if (request.method !== 'POST' || !WEBHOOKS.has(path)) return false;
  let isAnswered = true;
  answerValidation(request, response, () => (isAnswered = false));
  return isAnswered;
};
