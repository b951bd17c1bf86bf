import type { Context, MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import type { GraphOperation } from './graph-operation.js';

/** What the middleware of one request knows beyond the Graph client's own options. */
export class GraphCall implements MiddlewareOptions {
  /** The first error of the chain: the Graph client would replace it by one of its own, without class and facts. */
  failure: unknown;
  /** Requests that went out for this call. */
  sent = 0;

  constructor(
    /** The address exactly as it is to be sent: the Graph client would take links apart and order their queries anew. */
    readonly url: URL,
    readonly operation: GraphOperation,
    /** Whether a request whose answer was lost may be sent again. */
    readonly repeatable: boolean,
    readonly signal: AbortSignal,
  ) {}
}

export function callOf(context: Context): GraphCall {
  const call = context.middlewareControl?.getMiddlewareOptions(GraphCall);
  if (!(call instanceof GraphCall)) throw new TypeError('A Graph request without its GraphCall.');
  return call;
}
