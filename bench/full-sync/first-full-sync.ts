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
  /** What the run said to be left of each phase when a tenth of it was done, and what was left in truth. */
  readonly timeLeft: readonly TimeLeft[];
  readonly peakMiB: number | null;
  /** The same pages, read and parsed, and nothing else. */
  readonly readSeconds: number;
  /** The same rows by plain COPY, with the same indexes. */
  readonly copySeconds: number;
}

export interface TimeLeft {
  readonly phase: Phase;
  readonly saidSeconds: number;
  readonly trueSeconds: number;
}

type Phase = 'reading' | 'applying';

interface Run {
  readonly id: string;
  readonly state: string;
  readonly error: unknown;
  readonly summary: { readonly created: number } | null;
  readonly progress: {
    readonly membersRead: number;
    readonly toApply: number | null;
    readonly applied: number;
    readonly secondsLeft: number | null;
  };
}

/** What a run said of the rest of a phase, and when (milliseconds since 1970). */
interface Forecast {
  readonly saidAt: number;
  readonly seconds: number;
}

/** A tenant with one group of so many members, and their first full sync on an empty database. */
export async function firstFullSync(databaseUrl: string, members: number): Promise<FirstFullSync> {
  const system = await startStandaloneOnTenant({ DATABASE_URL: databaseUrl });
  try {
    await system.control.setBehaviours({ throttling: false });
    const { groupId } = await system.control.bulk(members, 'Everybody');
    const connectionId = await system.connect([groupId]);
    const { id } = await system.api.post<Run>(`/connections/${connectionId}/sync-runs`, { kind: 'full', apply: 'automatic' });
    const { run, forecasts } = await untilEnded(() => system.api.get<Run>(`/sync-runs/${id}`), members);
    if (run.summary?.created !== members) throw new Error(`the run did not create everybody: ${JSON.stringify(run)}`);
    const { legs, ends } = await withClient(databaseUrl, (client) => legsOf(client, id));
    const seconds = Object.values(legs).reduce((sum, leg) => sum + leg, 0);
    const peakMiB = await peakMemoryMiB(system.standalone().pid);
    const readSeconds = await readWithBareClient(system.facts, groupId, members);
    const copySeconds = await withClient(databaseUrl, copyOfTheSameRows);
    return { members, seconds, legs, timeLeft: compareForecasts(forecasts, ends), peakMiB, readSeconds, copySeconds };
  } catch (cause) {
    throw new Error(`the product said:\n${system.standalone().output().slice(-4_000)}`, { cause });
  } finally {
    await system.stop();
  }
}

const LOOK_MS = 250;
const FORECAST_AFTER = 0.1;

async function untilEnded(
  look: () => Promise<Run>,
  members: number,
): Promise<{ run: Run; forecasts: ReadonlyMap<Phase, Forecast> }> {
  const forecasts = new Map<Phase, Forecast>();
  for (;;) {
    const run = await look();
    if (run.state === 'completed') return { run, forecasts };
    if (run.state === 'failed') throw new Error(`the run failed: ${JSON.stringify(run.error)}`);
    noteForecast(forecasts, run, members);
    await delay(LOOK_MS);
  }
}

/** The first word on each phase after a tenth of it. */
function noteForecast(forecasts: Map<Phase, Forecast>, { state, progress }: Run, members: number): void {
  if ((state !== 'reading' && state !== 'applying') || forecasts.has(state) || progress.secondsLeft === null) return;
  const [done, all] = state === 'reading' ? [progress.membersRead, members] : [progress.applied, progress.toApply ?? members];
  if (done >= all * FORECAST_AFTER) forecasts.set(state, { saidAt: Date.now(), seconds: progress.secondsLeft });
}

function compareForecasts(forecasts: ReadonlyMap<Phase, Forecast>, ends: Readonly<Record<Phase, number>>): readonly TimeLeft[] {
  return [...forecasts].map(([phase, { saidAt, seconds }]) => ({
    phase,
    saidSeconds: seconds,
    trueSeconds: (ends[phase] - saidAt) / 1_000,
  }));
}

interface RunTimes {
  readonly legs: FirstFullSync['legs'];
  /** When each phase was over, in milliseconds since 1970. */
  readonly ends: Readonly<Record<Phase, number>>;
}

/** By the run's own times, since asking costs the process that is measured. */
async function legsOf(client: pg.Client, runId: string): Promise<RunTimes> {
  const { rows } = await client.query<Record<'requested' | 'reading' | 'comparing' | 'compared' | 'ended', number>>(
    `SELECT extract(epoch FROM requested_at)::float8 AS requested, extract(epoch FROM reading_at)::float8 AS reading,
            extract(epoch FROM comparing_at)::float8 AS comparing, extract(epoch FROM compared_at)::float8 AS compared,
            extract(epoch FROM ended_at)::float8 AS ended
       FROM runs.sync_runs WHERE id = $1`,
    [runId],
  );
  const [at] = rows;
  if (at === undefined) throw new Error(`there is no run ${runId}`);
  return {
    legs: {
      waiting: at.reading - at.requested,
      reading: at.comparing - at.reading,
      comparing: at.compared - at.comparing,
      applying: at.ended - at.compared,
    },
    ends: { reading: at.comparing * 1_000, applying: at.ended * 1_000 },
  };
}
