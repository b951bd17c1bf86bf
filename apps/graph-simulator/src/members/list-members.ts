import type { Simulation } from '../simulation.js';
import { viewFor } from '../simulation.js';
import { presentMember } from '../directory-objects/readable.js';
import { requireGroup } from '../groups/group-routes.js';
import { isEventual, type GraphCall, type GraphReply } from '../http/graph-call.js';
import { badRequest, forbidden, unsupportedQuery } from '../http/graph-error.js';
import { hasAny, permissions } from '../http/permissions.js';
import { contextOf, nextLink, positionOf } from '../odata/page-links.js';
import { pageSize } from '../odata/query-options.js';
import { parseSelect } from '../odata/select.js';
import type { DirectoryObject, ObjectKind } from '../tenant/directory-object.js';
import type { DirectoryView } from '../tenant/directory-view.js';
import { transitiveMembers } from './transitive-members.js';

export interface MemberListing {
  readonly group: string;
  readonly transitive: boolean;
  /** `microsoft.graph.user` and the like at the end of the path. */
  readonly cast?: string;
}

/** Types in a mixed list. v1.0 leaves service principals out of members, a known issue of Graph. */
const LISTED: readonly ObjectKind[] = ['user', 'group', 'device', 'orgContact'];

export function listMembers(simulation: Simulation, call: GraphCall, listing: MemberListing): GraphReply {
  const view = viewFor(simulation, call);
  const group = requireGroup(view, listing.group);
  const kinds = listing.cast === undefined ? LISTED : [kindOfCast(listing.cast, group)];
  if (listing.cast !== undefined && !isCounted(call))
    throw unsupportedQuery('The request is not supported without the ConsistencyLevel header and $count=true.');
  const select = parseSelect(call.query.get('$select'), LISTED, listing.cast === undefined ? 'directoryObject' : kinds[0]);
  const after = positionOf(call, simulation.sealer);
  const isHidden = !mayReadMembers(simulation, call, group);
  const { handles, next } = isHidden
    ? { handles: [], next: null }
    : memberPage(view, group, listing, kinds, after, pageSize(call.query));
  const members = handles
    .map((handle) => view.active(handle))
    .filter((member) => member !== undefined && kinds.includes(member.kind));
  const context = listing.cast === undefined ? 'directoryObjects' : `${kinds[0] ?? ''}s`;
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(call, context, select),
      ...(isCounted(call) && after === 0 ? { '@odata.count': isHidden ? 0 : countMembers(view, group, listing, kinds) } : {}),
      ...(next === null ? {} : { '@odata.nextLink': nextLink(call, simulation.sealer, next) }),
      value: members.map((member) => (member ? presentMember(member, select, call.caller.roles) : {})),
    },
  };
}

export function countListedMembers(simulation: Simulation, call: GraphCall, listing: MemberListing): GraphReply {
  if (!isEventual(call)) throw badRequest('$count is not currently supported.');
  const view = viewFor(simulation, call);
  const group = requireGroup(view, listing.group);
  const kinds = listing.cast === undefined ? LISTED : [kindOfCast(listing.cast, group)];
  return { status: 200, text: String(mayReadMembers(simulation, call, group) ? countMembers(view, group, listing, kinds) : 0) };
}

function mayReadMembers(simulation: Simulation, call: GraphCall, group: DirectoryObject): boolean {
  if (group.attributes['visibility'] !== 'HiddenMembership' || hasAny(call.caller.roles, permissions.hiddenMembers)) return true;
  if (simulation.behaviours().hiddenMembership === 'forbidden') throw forbidden();
  return false;
}

function memberPage(
  view: DirectoryView,
  group: DirectoryObject,
  listing: MemberListing,
  kinds: readonly ObjectKind[],
  after: number,
  limit: number,
) {
  if (!listing.transitive && listing.cast === undefined) return view.memberPage(group.handle, after, limit);
  const all = ofKinds(view, listing.transitive ? transitiveMembers(view, group.handle) : view.members(group.handle), kinds);
  const end = after + limit;
  return { handles: all.slice(after, end), next: end < all.length ? end : null };
}

function countMembers(view: DirectoryView, group: DirectoryObject, listing: MemberListing, kinds: readonly ObjectKind[]): number {
  return ofKinds(view, listing.transitive ? transitiveMembers(view, group.handle) : view.members(group.handle), kinds).length;
}

function ofKinds(view: DirectoryView, handles: Iterable<number>, kinds: readonly ObjectKind[]): number[] {
  return [...handles].filter((handle) => {
    const object = view.active(handle);
    return object !== undefined && kinds.includes(object.kind);
  });
}

function isCounted(call: GraphCall): boolean {
  return isEventual(call) && call.query.get('$count') === 'true';
}

function kindOfCast(cast: string, group: DirectoryObject): ObjectKind {
  const name = cast.toLowerCase().replace(/^microsoft\.graph\./, '');
  const kind = (['user', 'group', 'device', 'orgContact', 'servicePrincipal'] as const).find(
    (each) => each.toLowerCase() === name,
  );
  if (!kind || !cast.toLowerCase().startsWith('microsoft.graph.'))
    throw badRequest(`Resource not found for the segment '${cast}'.`);
  const types = group.attributes['groupTypes'];
  const isUnified = Array.isArray(types) && types.includes('Unified');
  if (isUnified && kind !== 'user') throw unsupportedQuery(`The specified cast type '${cast}' is not supported for the group.`);
  return kind;
}
