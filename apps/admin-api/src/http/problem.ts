import { PROBLEMS, type ProblemCode } from '#contracts';

/** A faulty field, named by its dotted path in the request. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** What an answer may say beyond the fixed members, such as the id of the run that is in the way. */
export type ProblemFacts = Readonly<Record<string, unknown>>;

/** A failure of this API itself; failures of the owners carry their own codes. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly facts: ProblemFacts = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
  }
}

/** Problem details (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly code: ProblemCode;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly remedy: string;
  readonly correlationId: string;
  readonly [fact: string]: unknown;
}

export function problemOf(code: ProblemCode, detail: string, correlationId: string, facts: ProblemFacts = {}): Problem {
  const { title, status, remedy } = PROBLEMS[code];
  return { ...facts, type: 'about:blank', code, title, status, detail, remedy, correlationId };
}
