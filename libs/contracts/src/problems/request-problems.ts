import { define } from './problem-definition.js';

/** What is wrong with a request to the API. */
export const requestProblems = define({
  VALIDATION_FAILED: { title: 'The request is not valid', status: 400, remedy: 'Correct the named fields.' },
  UNAUTHENTICATED: { title: 'Not signed in', status: 401, remedy: 'Sign in, or send an API token as bearer.' },
  FORBIDDEN: { title: 'Not allowed', status: 403, remedy: 'Ask a super admin for the right that the message names.' },
  NOT_FOUND: { title: 'Not found', status: 404, remedy: 'Check the id, or how it is spelt.' },
  METHOD_NOT_ALLOWED: { title: 'Method not allowed', status: 405, remedy: 'See /api/openapi.json for the methods of this path.' },
  UNSUPPORTED_MEDIA_TYPE: { title: 'Not JSON', status: 415, remedy: 'Send application/json.' },
  PAYLOAD_TOO_LARGE: { title: 'The request is too large', status: 413, remedy: 'Send less at once.' },
  PRECONDITION_FAILED: { title: 'Somebody else changed it first', status: 412, remedy: 'Load it again and repeat the change.' },
  CONFLICT: {
    title: 'Not possible in this state',
    status: 409,
    remedy: 'Load the object again; the message names the state that it is in.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    title: 'The idempotency key was used for another request',
    status: 422,
    remedy: 'Use a new key for a new request.',
  },
  RATE_LIMITED: { title: 'Too many requests', status: 429, remedy: 'Wait as long as Retry-After says.' },
  ENGINE_UNAVAILABLE: {
    title: 'Database or message log is away',
    status: 503,
    remedy: 'Nothing is lost; try again when /health/ready answers 200.',
  },
  INTERNAL_ERROR: { title: 'Unexpected failure', status: 500, remedy: 'Report it with the correlation id.' },
});
