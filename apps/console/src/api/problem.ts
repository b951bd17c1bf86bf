export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** An answer of the API that says what is wrong (RFC 9457), or that there was none. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly code: string,
    /** The sentence that names the object. */
    readonly detail: string,
    readonly remedy: string,
    /** 0: the server did not answer. */
    readonly status: number,
    readonly correlationId: string | null,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }

  /** Faulty fields of the request, by their dotted names. */
  get faults(): readonly FieldFault[] {
    const { errors } = this.facts;
    return Array.isArray(errors) ? errors.filter(isFieldFault) : [];
  }
}

/** Reads a refused answer, also one of a proxy that knows nothing of problem details. */
export function problemOf(status: number, body: unknown, correlationId: string | null): ApiProblem {
  if (typeof body === 'object' && body !== null && 'code' in body) {
    const { code, detail, title, remedy, correlationId: ownId, ...facts } = body as Record<string, unknown>;
    return new ApiProblem(
      String(code),
      textOf(detail) ?? textOf(title) ?? String(code),
      textOf(remedy) ?? '',
      status,
      textOf(ownId) ?? correlationId,
      facts,
    );
  }
  return new ApiProblem(
    `HTTP_${status}`,
    `The server answered with status ${status}.`,
    'Try again; if it stays, look at the log of admin-api for this correlation id.',
    status,
    correlationId,
  );
}

export function unreachable(): ApiProblem {
  return new ApiProblem(
    'UNREACHABLE',
    'The server does not answer.',
    'Check that Rollcall is running and that this machine reaches it. Nothing was lost here: try again.',
    0,
    null,
  );
}

/** Whether the request was looked at and refused; else nobody answered it, and it may be tried again as it is. */
export function isRefusal({ status }: Pick<ApiProblem, 'status'>): boolean {
  return status >= 400 && status < 500;
}

export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiProblem('UNEXPECTED', message, 'Reload the page.', -1, null);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isFieldFault(value: unknown): value is FieldFault {
  return typeof value === 'object' && value !== null && 'field' in value && 'message' in value;
}
