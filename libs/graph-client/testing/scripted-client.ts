import { onTestFinished } from 'vitest';
import { silentLog, type Clock } from '#contracts';
import type { GraphClient } from '../src/graph-client.js';
import { GraphClients, type GraphTimeouts, type Priority } from '../src/graph-clients.js';
import type { GraphConnection } from '../src/graph-connection.js';
import { InMemoryThrottleGate } from './in-memory-throttle-gate.js';
import { ScriptedMicrosoft } from './scripted-microsoft.js';

export const CONNECTION: GraphConnection = {
  connectionId: 'c0000000-0000-0000-0000-000000000001',
  tenantId: '10000000-0000-0000-0000-000000000001',
  cloud: 'simulated',
  clientId: '20000000-0000-0000-0000-000000000002',
  clientSecret: 'the-secret',
};

export interface ScriptedClient {
  readonly microsoft: ScriptedMicrosoft;
  readonly graph: GraphClient;
  readonly clients: GraphClients;
  readonly gate: InMemoryThrottleGate;
  withPriority(priority: Priority): GraphClient;
  /** Moves the client's clock, not the timers. */
  pass(ms: number): void;
}

/** A client that speaks to a scripted Microsoft; both end with the test. */
export async function scriptedClient(
  options: { timeouts?: Partial<GraphTimeouts>; maxLiveRequests?: number } = {},
): Promise<ScriptedClient> {
  const microsoft = await ScriptedMicrosoft.start();
  let passedMs = 0;
  const clock: Clock = () => new Date(Date.now() + passedMs);
  const gate = new InMemoryThrottleGate(clock);
  const clients = new GraphClients({
    endpoints: () => microsoft.endpoints,
    throttle: gate,
    log: silentLog,
    clock,
    random: () => 0.5,
    ...options,
  });
  onTestFinished(async () => {
    await clients.close();
    await microsoft.stop();
  });
  return {
    microsoft,
    clients,
    gate,
    graph: clients.for(CONNECTION),
    withPriority: (priority) => clients.for(CONNECTION, { priority }),
    pass: (ms) => {
      passedMs += ms;
    },
  };
}

/** What a call fails with; fails itself where the call succeeds. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const outcome = await work.then(
    (value) => ({ failed: false as const, value }),
    (error: unknown) => ({ failed: true as const, error }),
  );
  if (!outcome.failed) throw new Error(`expected a failure, got ${JSON.stringify(outcome.value)}`);
  return outcome.error;
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
