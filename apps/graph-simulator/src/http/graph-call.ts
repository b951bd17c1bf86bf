import type { Caller } from '../tokens/caller.js';

/** A request to Graph, taken apart, whether it came alone or inside a `$batch`. */
export interface GraphCall {
  readonly method: string;
  /** Origin as the caller wrote it: links in answers begin with it. */
  readonly origin: string;
  /** Path after the version, normalised and decoded: `['groups', '<id>', 'members']`. */
  readonly segments: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly caller: Caller;
}

/** `text` is sent as text/plain, `body` as JSON, neither as an empty body. */
export interface GraphReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: string;
}

export type Parameters = Readonly<Record<string, string>>;

export interface GraphRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/groups/:id/members`; the pattern is also the name of the route in the counters. */
  readonly path: string;
  /** Any one of these application permissions is enough. */
  readonly permissions: readonly string[];
  /** Base price in resource units; writes cost one write besides. */
  readonly cost: number;
  /** Query options with `$` that the route knows. */
  readonly options: readonly string[];
  handle(call: GraphCall, parameters: Parameters): GraphReply | Promise<GraphReply>;
}

/** Advanced queries need both the header, on each page again, and `$count=true`. */
export function isEventual(call: GraphCall): boolean {
  return call.headers['consistencylevel']?.toLowerCase() === 'eventual';
}
