import type { Simulation } from '../simulation.js';
import { viewFor } from '../simulation.js';
import type { GraphCall, GraphRoute } from '../http/graph-call.js';
import { notFound } from '../http/graph-error.js';
import { permissions } from '../http/permissions.js';
import { countObjects, LIST_OPTIONS, listObjects } from '../directory-objects/list-objects.js';
import { presentMember } from '../directory-objects/readable.js';
import { contextOf } from '../odata/page-links.js';
import { parseSelect, presentObject } from '../odata/select.js';
import type { DirectoryObject } from '../tenant/directory-object.js';
import type { DirectoryView } from '../tenant/directory-view.js';

const MOST_EXPANDED = 20;

/** The simulated groups have no owners, as many real ones. */
const owners: readonly object[] = [];

/** By object id, or by the alternate key in the form `uniqueName=x`. Soft-deleted groups are not there. */
export function requireGroup(view: DirectoryView, key: string): DirectoryObject {
  const uniqueName = /^uniqueName=(.*)$/.exec(key)?.[1];
  const group =
    uniqueName === undefined
      ? view.byId(key)
      : [...view.scan('group', 0)].find((each) => each.attributes['uniqueName'] === uniqueName);
  if (group?.state !== 'active' || group.kind !== 'group') throw notFound(key);
  return group;
}

export function groupRoutes(simulation: Simulation): GraphRoute[] {
  return [
    {
      method: 'GET',
      path: '/groups',
      permissions: permissions.readGroups,
      cost: 1,
      options: LIST_OPTIONS,
      handle: (call) => listObjects(simulation, call, 'group', presentObject),
    },
    {
      method: 'GET',
      path: '/groups/$count',
      permissions: permissions.readGroups,
      cost: 1,
      options: ['$filter', '$search'],
      handle: (call) => countObjects(simulation, call, 'group'),
    },
    {
      method: 'GET',
      path: '/groups/:id',
      permissions: permissions.readGroups,
      cost: 1,
      options: ['$select', '$expand'],
      handle: (call, { id = '' }) => {
        const view = viewFor(simulation, call);
        return { status: 200, body: presentGroup(call, view, requireGroup(view, id)) };
      },
    },
    {
      method: 'GET',
      path: '/groups/:id/owners',
      permissions: permissions.readOwners,
      cost: 1,
      options: ['$select', '$top', '$skiptoken'],
      handle: (call, { id = '' }) => {
        requireGroup(viewFor(simulation, call), id);
        return { status: 200, body: { '@odata.context': contextOf(call, 'directoryObjects'), value: owners } };
      },
    },
  ];
}

/** `$expand=members` stops at twenty without a link, which makes it useless for a sync; Graph does the same. */
export function presentGroup(call: GraphCall, view: DirectoryView, group: DirectoryObject): object {
  const select = parseSelect(call.query.get('$select'), ['group']);
  const presented = { '@odata.context': contextOf(call, 'groups', select) + '/$entity', ...presentObject(group, select) };
  if (call.query.get('$expand')?.split('(')[0] !== 'members') return presented;
  const members = view.memberPage(group.handle, 0, MOST_EXPANDED).handles.map((handle) => view.active(handle));
  return {
    ...presented,
    members: members
      .filter((member) => member !== undefined)
      .map((member) => presentMember(member, undefined, call.caller.roles)),
  };
}
