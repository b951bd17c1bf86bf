import type { GraphOperation } from './graph-operation.js';

export interface GraphRequest {
  readonly operation: GraphOperation;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Behind the version, encoded, such as `/groups/…?$top=999`; or a link of Graph, sent exactly as it came. */
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Whether it may be sent again when the connection was lost; GETs may. */
  readonly repeatable?: boolean;
  /** A failure status whose body is an answer all the same. */
  readonly acceptStatus?: number;
  /** Resource units, where the address does not tell them. */
  readonly units?: number;
  readonly signal?: AbortSignal;
}

/** The part of the transport that reading and writing need; throws GraphErrors, and the signal's reason when aborted. */
export interface GraphSender {
  readonly graphOrigin: string;
  send(request: GraphRequest): Promise<{ readonly status: number; readonly body: unknown }>;
}

/** A literal inside an OData expression, encoded for a query: quotes are doubled (Graph sheet 2.1). */
export function odataLiteral(text: string): string {
  return encodeURIComponent(`'${text.replaceAll("'", "''")}'`);
}

/** One segment of a path, so that an id with `/`, `#` or `?` stays one. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}

/** For advanced queries; headers are not part of a nextLink, so it goes with every page (Graph sheet 2.2, 2.3). */
export const EVENTUAL = { ConsistencyLevel: 'eventual' } as const;
