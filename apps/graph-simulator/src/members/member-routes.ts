import type { Simulation } from '../simulation.js';
import type { GraphRoute } from '../http/graph-call.js';
import { permissions } from '../http/permissions.js';
import { countListedMembers, listMembers } from './list-members.js';

const OPTIONS = ['$select', '$top', '$count', '$skiptoken', '$expand'] as const;

/** Direct and transitive members, each plain, counted, cast, and counted after a cast. */
export function memberRoutes(simulation: Simulation): GraphRoute[] {
  return [
    { name: 'members', transitive: false, cost: 3 },
    { name: 'transitiveMembers', transitive: true, cost: 5 },
  ].flatMap(({ name, transitive, cost }): GraphRoute[] => {
    const common = { method: 'GET', permissions: permissions.readMembers, cost } as const;
    return [
      {
        ...common,
        path: `/groups/:group/${name}`,
        options: OPTIONS,
        handle: (call, { group = '' }) => listMembers(simulation, call, { group, transitive }),
      },
      {
        ...common,
        path: `/groups/:group/${name}/$count`,
        options: ['$filter'],
        handle: (call, { group = '' }) => countListedMembers(simulation, call, { group, transitive }),
      },
      {
        ...common,
        path: `/groups/:group/${name}/:cast`,
        options: OPTIONS,
        handle: (call, { group = '', cast = '' }) => listMembers(simulation, call, { group, transitive, cast }),
      },
      {
        ...common,
        path: `/groups/:group/${name}/:cast/$count`,
        options: ['$filter'],
        handle: (call, { group = '', cast = '' }) => countListedMembers(simulation, call, { group, transitive, cast }),
      },
    ];
  });
}
