import type { Simulation } from '../simulation.js';
import type { GraphRoute } from '../http/graph-call.js';
import { permissions } from '../http/permissions.js';
import { DeltaReader } from './delta-reader.js';

const OPTIONS = ['$select', '$filter', '$skiptoken', '$deltatoken'] as const;

/** Delta answers carry no `x-ms-resource-unit`, though they cost; the price is what Microsoft's own tool assumes. */
export const DELTA_COST = 5;

export function deltaRoutes(simulation: Simulation): GraphRoute[] {
  const reader = new DeltaReader(simulation);
  const common = { method: 'GET', cost: DELTA_COST, options: OPTIONS } as const;
  return [
    { ...common, path: '/groups/delta', permissions: permissions.readGroups, handle: (call) => reader.read('groups', call) },
    { ...common, path: '/users/delta', permissions: permissions.readUsersFully, handle: (call) => reader.read('users', call) },
  ];
}
