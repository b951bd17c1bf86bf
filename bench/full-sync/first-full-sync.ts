import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { peakMemoryMiB } from '../../test/support/peak-memory.js';
import { startStandaloneOnTenant } from '../../test/support/standalone-on-tenant.js';
import { withClient } from '../support/bench-postgres.js';
import { copyOfTheSameRows } from './copy-of-the-same-rows.js';
import { readWithBareClient } from './read-with-bare-client.js';

export interface FirstFullSync {
  readonly members: number;
  /** From the request to `completed`. */
  readonly seconds: number;
  /** Seconds of its parts. */
  readonly legs: Readonly<Record<'waiting' | 'reading' | 'comparing' | 'applying', number>>;
  readonly peakMiB: number | null;
  /** The same pages, read and parsed, and nothing else. */
  readonly readSeconds: number;
  /** The same rows by plain COPY, with the same indexes. */
  readonly copySeconds: number;
}

interface Run {
  readonly id: string;
  readonly state: string;
  readonly error: unknown;
  readonly summary: { readonly created: number } | null;
}

/** A tenant with one group of so many members, and their first full sync on an empty database. */
export async function firstFullSync(databaseUrl: string, members: number): Promise<FirstFullSync> {
  const system = await startStandaloneOnTenant({ DATABASE_URL: databaseUrl });
  try {
    await system.control.setBehaviours({ throttling: false });
    const { groupId } = await system.control.bulk(members, 'Everybody');
    const connectionId = await system.connect([groupId]);
    const { id } = await system.api.post<Run>(`/connections/${connectionId}/sync-runs`, { kind: 'full', apply: 'automatic' });
    const run = await untilEnded(() => system.api.get<Run>(`/sync-runs/${id}`));
    if (run.summary?.created !== members) throw new Error(`the run did not create everybody: ${JSON.stringify(run)}`);
    const legs = await withClient(databaseUrl, (client) => legsOf(client, id));
    const seconds = Object.values(legs).reduce((sum, leg) => sum + leg, 0);
    const peakMiB = await peakMemoryMiB(system.standalone().pid);
    const readSeconds = await readWithBareClient(system.facts, groupId, members);
    const copySeconds = await withClient(databaseUrl, copyOfTheSameRows);
    return { members, seconds, legs, peakMiB, readSeconds, copySeconds };
  } catch (cause) {
    throw new Error(`the product said:\n${system.standalone().output().slice(-4_000)}`, { cause });
  } finally {
    await system.stop();
  }
}

const LOOK_MS = 500;

async function untilEnded(look: () => Promise<Run>): Promise<Run> {
  for (;;) {
    const run = await look();
    if (run.state === 'completed') return run;
    if (run.state === 'failed') throw new Error(`the run failed: ${JSON.stringify(run.error)}`);
    await delay(LOOK_MS);
  }
}

/** By the run's own times, since asking costs the process that is measured. */
async function legsOf(client: pg.Client, runId: string): Promise<FirstFullSync['legs']> {
  const { rows } = await client.query<FirstFullSync['legs']>(
    `SELECT extract(epoch FROM reading_at - requested_at)::float8 AS waiting,
            extract(epoch FROM comparing_at - reading_at)::float8 AS reading,
            extract(epoch FROM compared_at - comparing_at)::float8 AS comparing,
            extract(epoch FROM ended_at - compared_at)::float8 AS applying
       FROM runs.sync_runs WHERE id = $1`,
    [runId],
  );
  const [legs] = rows;
  if (legs === undefined) throw new Error(`there is no run ${runId}`);
  return legs;
}
