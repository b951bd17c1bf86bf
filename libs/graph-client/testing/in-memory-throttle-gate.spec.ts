import { describeThrottleGateContract } from './describe-throttle-gate-contract.js';
import { InMemoryThrottleGate } from './in-memory-throttle-gate.js';

describeThrottleGateContract('InMemoryThrottleGate', async (clock) => ({
  gate: new InMemoryThrottleGate(clock),
  scope: { tenantId: 'tenant-a', clientId: 'app' },
  otherScope: { tenantId: 'tenant-b', clientId: 'app' },
}));
