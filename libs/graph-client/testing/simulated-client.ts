import { onTestFinished } from 'vitest';
import { silentLog, systemClock } from '#contracts';
import { withSimulator } from '#test/simulator';
import { cloudEndpoints } from '../src/cloud-endpoints.js';
import { GraphClients, type GraphTimeouts } from '../src/graph-clients.js';
import type { GraphConnection } from '../src/graph-connection.js';
import { InMemoryThrottleGate } from './in-memory-throttle-gate.js';

type Simulator = Awaited<ReturnType<typeof withSimulator>>;

/** A client of a simulated tenant that it knows only over https. Both end with the test. */
export async function simulatedClient(
  options: { simulator?: Parameters<typeof withSimulator>[0]; timeouts?: Partial<GraphTimeouts> } = {},
) {
  const simulator = await withSimulator(options.simulator);
  const { graphBaseUrl, authorityHost, caPem: ca, tenantId, clientId, clientSecret } = simulator;
  const simulated = { graphBaseUrl, authorityHost, scope: 'https://graph.microsoft.com/.default', ca };
  const gate = new InMemoryThrottleGate();
  const clients = new GraphClients({
    endpoints: cloudEndpoints({ simulated }),
    throttle: gate,
    log: silentLog,
    clock: systemClock,
    timeouts: options.timeouts ?? {},
  });
  onTestFinished(() => clients.close());
  const connection: GraphConnection = { connectionId: 'c1', cloud: 'simulated', tenantId, clientId, clientSecret };
  return {
    simulator,
    control: simulator.control,
    clients,
    connection,
    graph: clients.for(connection),
    gate,
    groupId: firstGroup(simulator),
  };
}

function firstGroup(simulator: Simulator): string {
  const [group] = simulator.groups;
  if (group === undefined) throw new Error('The simulated tenant has no group.');
  return group.id;
}
