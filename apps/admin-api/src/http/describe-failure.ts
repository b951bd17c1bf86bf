import { HttpException } from '@nestjs/common';
import { isCodedError, isProblemCode, type CodedError, type ProblemCode } from '#contracts';
import { isDatabaseAway } from '#database';
import { ProblemError, type ProblemFacts } from './problem.js';

/** What a thrown value means to the caller. `unexpected`: log it, say nothing of it. */
export interface Failure {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly facts: ProblemFacts;
  readonly retryAfterSeconds: number | null;
  readonly unexpected: boolean;
}

const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  503: 'ENGINE_UNAVAILABLE',
};

/** Facts of owners' errors that help the caller; everything else of an error stays inside. */
const PUBLIC_FACTS = [
  'connectionId',
  'runId',
  'planHash',
  'candidates',
  'group',
  'permission',
  'version',
  'settings',
  'aadsts',
  'requestId',
] as const;

/** Pure: failures of the owners by their code, of Fastify and Nest by their status, anything else as unexpected. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof ProblemError) return known(error.code, error.detail, error.facts);
  if (isDatabaseAway(error)) return known('ENGINE_UNAVAILABLE', 'Postgres does not answer.');
  if (isCodedError(error)) return describeCoded(error);
  const status = statusOf(error);
  const code = status === null ? undefined : CODE_OF_STATUS[status];
  if (code !== undefined && error instanceof Error) return known(code, error.message);
  return { ...known('INTERNAL_ERROR', 'Something failed that should not.'), unexpected: true };
}

function describeCoded(error: CodedError): Failure {
  const code = isProblemCode(error.code) ? error.code : 'INTERNAL_ERROR';
  const failure = known(code, code === 'INTERNAL_ERROR' ? 'Something failed that should not.' : error.message, factsOf(error));
  const waitMs = typeof error.retry === 'object' ? error.retry.afterMs : null;
  return {
    ...failure,
    retryAfterSeconds: waitMs === null ? null : Math.ceil(waitMs / 1000),
    unexpected: code === 'INTERNAL_ERROR',
  };
}

function factsOf(error: CodedError): ProblemFacts {
  const fields: Record<string, unknown> = { ...(error as { facts?: object }).facts, ...error };
  const facts = Object.fromEntries(PUBLIC_FACTS.filter((name) => fields[name] != null).map((name) => [name, fields[name]]));
  return Array.isArray(fields['issues']) ? { ...facts, errors: fields['issues'] } : facts;
}

function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return null;
}

function known(code: ProblemCode, detail: string, facts: ProblemFacts = {}): Failure {
  return { code, detail, facts, retryAfterSeconds: null, unexpected: false };
}
