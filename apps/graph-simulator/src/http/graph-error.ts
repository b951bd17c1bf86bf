export interface ErrorHeaders {
  readonly [name: string]: string;
}

/** A refusal in Graph's words. `status`, `code` and `message` go out as they are; the envelope is put around at the door. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly retry = { kind: 'never' } as const;

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: ErrorHeaders = {},
    readonly inner: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export function badRequest(message: string): GraphError {
  return new GraphError(400, 'Request_BadRequest', message);
}

export function unsupportedQuery(message: string): GraphError {
  return new GraphError(400, 'Request_UnsupportedQuery', message);
}

export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

export function forbidden(): GraphError {
  return new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}
