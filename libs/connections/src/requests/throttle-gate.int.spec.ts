import { randomUUID } from 'node:crypto';
import { connectionsMigrations, PostgresThrottleGate } from '#connections';
import { withDatabase } from '#database/testing';
import { describeThrottleGateContract } from '#graph-client/testing';

const database = withDatabase([connectionsMigrations]);
const anyScope = () => ({ tenantId: randomUUID(), clientId: randomUUID() });

describeThrottleGateContract('PostgresThrottleGate', async (clock) => ({
  gate: new PostgresThrottleGate(database.db, clock),
  scope: anyScope(),
  otherScope: anyScope(),
}));
