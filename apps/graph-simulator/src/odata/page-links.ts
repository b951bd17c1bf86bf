import { z } from 'zod';
import type { GraphCall } from '../http/graph-call.js';
import { GraphError } from '../http/graph-error.js';
import type { TokenSealer } from '../tokens/sealed-token.js';
import { withOption } from './query-options.js';

const position = z.object({ p: z.string(), a: z.number() });

/** Where the page of this request begins: the `$skiptoken`'s place, or 0. A token of another path or tenant has expired. */
export function positionOf(call: GraphCall, sealer: TokenSealer): number {
  const token = call.query.get('$skiptoken');
  if (token === undefined) return 0;
  const opened = position.safeParse(sealer.open(token));
  if (opened.success && opened.data.p === call.segments.join('/')) return opened.data.a;
  throw new GraphError(
    400,
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
  );
}

/** The link to the next page: the request itself, all its options included, with a new `$skiptoken`. */
export function nextLink(call: GraphCall, sealer: TokenSealer, after: number): string {
  const token = sealer.seal({ p: call.segments.join('/'), a: after });
  return `${call.origin}/v1.0/${call.segments.map(encodeURIComponent).join('/')}?${withOption(call.query, '$skiptoken', token)}`;
}

export function contextOf(call: GraphCall, name: string, select?: readonly string[]): string {
  return `${call.origin}/v1.0/$metadata#${name}${select ? `(${select.join(',')})` : ''}`;
}
