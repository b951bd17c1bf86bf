import type { Simulation } from '../simulation.js';
import { viewFor } from '../simulation.js';
import { isEventual, type GraphCall, type GraphReply } from '../http/graph-call.js';
import { badRequest, GraphError, unsupportedQuery } from '../http/graph-error.js';
import { checkFilter } from '../odata/filter-rules.js';
import { parseFilter, type Filter } from '../odata/filter.js';
import { matchFilter } from '../odata/match-filter.js';
import { contextOf, nextLink, positionOf } from '../odata/page-links.js';
import { pageSize } from '../odata/query-options.js';
import { parseSelect, type Presented } from '../odata/select.js';
import { textOf, type DirectoryObject } from '../tenant/directory-object.js';
import type { DirectoryView } from '../tenant/directory-view.js';

export type ListedKind = 'user' | 'group' | 'device';

export const LIST_OPTIONS = ['$select', '$filter', '$top', '$count', '$search', '$orderby', '$skiptoken', '$expand'] as const;

export type Present = (object: DirectoryObject, select: readonly string[] | undefined) => Presented;

/** `GET /users`, `/groups`, `/devices`: filtered, searched, ordered, by pages. */
export function listObjects(simulation: Simulation, call: GraphCall, kind: ListedKind, present: Present): GraphReply {
  const select = parseSelect(call.query.get('$select'), [kind]);
  const accept = acceptorOf(call, kind);
  const limit = pageSize(call.query);
  const after = positionOf(call, simulation.sealer);
  const view = viewFor(simulation, call);
  const matching = (from: number): Generator<DirectoryObject> => candidates(view, call, kind, from, accept);
  const { page, next } = call.query.has('$orderby')
    ? orderedPage(matching(0), call, kind, after, limit)
    : scannedPage(matching(after), limit);
  const counted = call.query.get('$count') === 'true' && isEventual(call) && after === 0;
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(call, `${kind}s`, select),
      ...(counted ? { '@odata.count': [...matching(0)].length } : {}),
      ...(next === null ? {} : { '@odata.nextLink': nextLink(call, simulation.sealer, next) }),
      value: page.map((object) => present(object, select)),
    },
  };
}

/** `GET /users/$count` and the like. */
export function countObjects(simulation: Simulation, call: GraphCall, kind: ListedKind): GraphReply {
  if (!isEventual(call)) throw badRequest('$count is not currently supported.');
  const accept = acceptorOf({ ...call, query: new Map([...call.query, ['$count', 'true']]) }, kind);
  return { status: 200, text: String([...candidates(viewFor(simulation, call), call, kind, 0, accept)].length) };
}

type Accept = (object: DirectoryObject) => boolean;

function acceptorOf(call: GraphCall, kind: ListedKind): Accept {
  if (call.query.get('$select')?.split(',').includes('skills') === true)
    throw new GraphError(501, 'NotImplemented', 'This operation target is not yet supported.');
  const advanced = isEventual(call) && call.query.get('$count') === 'true';
  const text = call.query.get('$filter');
  const search = call.query.get('$search');
  if (search !== undefined && !isEventual(call)) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  if (call.query.has('$orderby') && text !== undefined && !advanced)
    throw unsupportedQuery('Sorting not supported for current query.');
  const filter = text === undefined ? undefined : parseFilter(text);
  if (filter) checkFilter(filter, kind, advanced);
  const found = search === undefined ? undefined : parseSearch(search);
  return (object) => (!filter || matchFilter(filter, object)) && (!found || found(object));
}

/** `"displayName:wanted"`, which finds words that begin so. */
function parseSearch(text: string): Accept {
  const match = /^"(\w+):(.+)"$/.exec(text.trim());
  const [, property = '', wanted = ''] = match ?? [];
  if (!match) throw badRequest(`Syntax error: character ':' is not valid at position 0 in '${text}'.`);
  const parts = wanted.toLowerCase().split(/\s+/);
  return (object) => {
    const words = textOf(object, property).toLowerCase().split(/\s+/);
    return parts.every((part) => words.some((word) => word.startsWith(part)));
  };
}

function* candidates(
  view: DirectoryView,
  call: GraphCall,
  kind: ListedKind,
  after: number,
  accept: Accept,
): Generator<DirectoryObject> {
  const text = call.query.get('$filter');
  const few = text === undefined ? undefined : fewCandidates(view, parseFilter(text), kind);
  for (const object of few ?? view.scan(kind, after)) if (object.handle > after && accept(object)) yield object;
}

/** A filter that names its people by id or address needs no walk through the tenant. */
function fewCandidates(view: DirectoryView, filter: Filter, kind: ListedKind): readonly DirectoryObject[] | undefined {
  if (
    kind === 'user' &&
    filter.op === 'eq' &&
    (filter.path === 'mail' || filter.path === 'userPrincipalName') &&
    filter.value !== null
  ) {
    return view.addressCandidates(String(filter.value));
  }
  const ids = idsAskedFor(filter);
  return ids && byIds(view, ids, kind);
}

function byIds(view: DirectoryView, ids: readonly string[], kind: ListedKind): DirectoryObject[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))]
    .map((id) => view.byId(id))
    .filter((object) => object?.state === 'active' && object.kind === kind)
    .filter((object) => object !== undefined)
    .sort((left, right) => left.handle - right.handle);
}

function idsAskedFor(filter: Filter): readonly string[] | undefined {
  if (filter.op === 'in' && filter.path === 'id') return filter.values.map(String);
  if (filter.op === 'eq' && filter.path === 'id') return [String(filter.value)];
  if (filter.op === 'and') return idsAskedFor(filter.left) ?? idsAskedFor(filter.right);
  if (filter.op !== 'or') return undefined;
  const left = idsAskedFor(filter.left);
  const right = idsAskedFor(filter.right);
  return left && right ? [...left, ...right] : undefined;
}

interface Page {
  readonly page: DirectoryObject[];
  readonly next: number | null;
}

function scannedPage(objects: Iterable<DirectoryObject>, limit: number): Page {
  const page: DirectoryObject[] = [];
  for (const object of objects) {
    if (page.length === limit) return { page, next: page.at(-1)?.handle ?? 0 };
    page.push(object);
  }
  return { page, next: null };
}

function orderedPage(objects: Iterable<DirectoryObject>, call: GraphCall, kind: ListedKind, after: number, limit: number): Page {
  const [name = '', direction = 'asc'] = (call.query.get('$orderby') ?? '').split(' ');
  parseSelect(name, [kind]);
  const sign = direction === 'desc' ? -1 : 1;
  const text = (object: DirectoryObject): string => textOf(object, name);
  const sorted = [...objects].sort((left, right) => sign * text(left).localeCompare(text(right)));
  const end = after + limit;
  return { page: sorted.slice(after, end), next: end < sorted.length ? end : null };
}
