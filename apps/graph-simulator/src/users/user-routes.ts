import type { Simulation } from '../simulation.js';
import { viewFor } from '../simulation.js';
import type { GraphCall, GraphRoute } from '../http/graph-call.js';
import { notFound } from '../http/graph-error.js';
import { permissions } from '../http/permissions.js';
import { countObjects, LIST_OPTIONS, listObjects } from '../directory-objects/list-objects.js';
import { limitToBasic } from '../directory-objects/readable.js';
import { contextOf } from '../odata/page-links.js';
import { parseSelect, presentObject } from '../odata/select.js';
import type { DirectoryObject } from '../tenant/directory-object.js';
import type { DirectoryView } from '../tenant/directory-view.js';

/** By object id or by userPrincipalName. Soft-deleted users are not there. */
export function requireUser(view: DirectoryView, idOrName: string): DirectoryObject {
  const user = idOrName.includes('@') ? view.userByPrincipalName(idOrName) : view.byId(idOrName);
  if (user?.state !== 'active' || user.kind !== 'user') throw notFound(idOrName);
  return user;
}

export function userRoutes(simulation: Simulation): GraphRoute[] {
  return [
    {
      method: 'GET',
      path: '/users',
      permissions: permissions.readUsers,
      cost: 2,
      options: LIST_OPTIONS,
      handle: (call) =>
        listObjects(simulation, call, 'user', (user, select) => limitToBasic(presentObject(user, select), call.caller.roles)),
    },
    {
      method: 'GET',
      path: '/users/$count',
      permissions: permissions.readUsers,
      cost: 1,
      options: ['$filter', '$search'],
      handle: (call) => countObjects(simulation, call, 'user'),
    },
    {
      method: 'GET',
      path: '/users/:id',
      permissions: permissions.readUsers,
      cost: 1,
      options: ['$select', '$expand'],
      handle: (call, { id = '' }) => ({ status: 200, body: presentUser(call, requireUser(viewFor(simulation, call), id)) }),
    },
  ];
}

export function presentUser(call: GraphCall, user: DirectoryObject): object {
  const select = parseSelect(call.query.get('$select'), ['user']);
  return {
    '@odata.context': contextOf(call, 'users', select) + '/$entity',
    ...limitToBasic(presentObject(user, select), call.caller.roles),
  };
}
