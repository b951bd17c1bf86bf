import type { GraphError } from './graph-error.js';

export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** Graph's error body (sheet 6.1): `date` has no zone. */
export function errorEnvelope(error: Pick<GraphError, 'code' | 'message' | 'inner'>, ids: RequestIds, now: Date): object {
  return {
    error: {
      code: error.code,
      message: error.message,
      innerError: {
        ...error.inner,
        date: now.toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  };
}
