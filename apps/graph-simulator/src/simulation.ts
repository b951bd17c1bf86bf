import type { Behaviours } from './faults/behaviours.js';
import type { FaultInjector } from './faults/fault-injector.js';
import type { GraphCall } from './http/graph-call.js';
import type { DirectoryEditor } from './tenant/directory-editor.js';
import type { DirectoryView } from './tenant/directory-view.js';
import type { MembershipEditor } from './tenant/membership-editor.js';
import type { Tenant } from './tenant/tenant.js';
import type { SimulatedClock } from './time/simulated-clock.js';
import type { TokenSealer } from './tokens/sealed-token.js';

/** What the routes of Graph work on. */
export interface Simulation {
  readonly tenantId: string;
  readonly displayName: string;
  /** The first is the default domain. */
  readonly domains: readonly string[];
  readonly tenant: Tenant;
  readonly objects: DirectoryEditor;
  readonly memberships: MembershipEditor;
  readonly faults: FaultInjector;
  readonly behaviours: () => Behaviours;
  readonly sealer: TokenSealer;
  readonly clock: SimulatedClock;
}

/** The state that this call is answered from: the present, or an older one where a stale replica answers. */
export function viewFor(simulation: Simulation, call: GraphCall): DirectoryView {
  const stale = simulation.faults.hit('staleRead', occasionOf(simulation, call));
  return stale ? simulation.tenant.ago(stale.ms) : simulation.tenant.now();
}

export function occasionOf(
  simulation: Simulation,
  call: GraphCall,
): { path: string; method: string; tenant: string; clientId: string; group?: string } {
  const group = call.segments[0]?.toLowerCase() === 'groups' ? call.segments[1] : undefined;
  return {
    path: `/v1.0/${call.segments.join('/')}`,
    method: call.method,
    tenant: simulation.tenantId,
    clientId: call.caller.clientId,
    ...(group === undefined ? {} : { group }),
  };
}
