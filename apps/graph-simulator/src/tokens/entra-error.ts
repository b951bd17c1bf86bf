import { randomUUID } from 'node:crypto';

/** A refusal of the token endpoint. `number` is the AADSTS code that people search for. */
export class EntraError extends Error {
  override readonly name = 'EntraError';
  readonly retry = { kind: 'never' } as const;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly number: number,
    message: string,
  ) {
    super(message);
  }
}

/** The body of every error of the token endpoint (sheet 1.2). */
export function entraErrorBody(error: EntraError, correlationId: string | undefined, authority: string, now: Date): object {
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const ids = { trace_id: randomUUID(), correlation_id: correlationId ?? randomUUID() };
  return {
    error: error.code,
    error_description: `AADSTS${error.number}: ${error.message} Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id} Timestamp: ${timestamp}`,
    error_codes: [error.number],
    timestamp,
    ...ids,
    error_uri: `${authority}/error?code=${error.number}`,
  };
}
