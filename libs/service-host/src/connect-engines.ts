import { setTimeout as delay } from 'node:timers/promises';
import { systemClock, type Log } from '#contracts';
import { Database, migrate, NotificationListener, type OwnerMigrations } from '#database';
import type { LogEngine } from '#messaging';
import { Registry } from 'prom-client';
import type { Health } from './health.js';
import type { HostServices } from './host-services.js';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 3_000;

export interface EngineOptions {
  readonly service: string;
  readonly databaseUrl: string;
  readonly maxConnections?: number;
  readonly owners: readonly OwnerMigrations[];
  readonly engine: (db: Database, listener: NotificationListener) => LogEngine;
  readonly log: Log;
  readonly health: Health;
  /** Ends the waiting: the process was told to stop. */
  readonly signal: AbortSignal;
}

/**
 * Waits for Postgres and the log without bound (each service may be started first), brings the schemas up to date and creates the
 * topics. `health` names what is missing meanwhile.
 */
export async function connectEngines(options: EngineOptions): Promise<HostServices> {
  const { service, databaseUrl, owners, log, health, signal } = options;
  const db = await patiently('postgres', options, async () => {
    await migrate(databaseUrl, owners);
    return Database.connect({
      url: databaseUrl,
      applicationName: `rollcall ${service}`,
      maxConnections: options.maxConnections ?? 10,
    });
  });
  const listener = new NotificationListener(databaseUrl, log);
  await listener.start();
  const engine = options.engine(db, listener);
  await patiently('log', options, () => engine.ensureTopics());
  health.add('postgres', async () =>
    (await db.isReachable()) ? { ready: true } : { ready: false, reason: 'Postgres does not answer' },
  );
  health.add('log', () => engine.isReady());
  signal.throwIfAborted();
  return { db, engine, listener, log, clock: systemClock, metrics: new Registry(), health };
}

async function patiently<Result>(
  name: string,
  { log, health, signal }: EngineOptions,
  attempt: () => Promise<Result>,
): Promise<Result> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const reason = error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
      health.add(name, () => ({ ready: false, reason }));
      log.warn({ engine: name, reason, waitMs }, 'an engine is not there yet; waiting for it');
      await delay(waitMs, undefined, { signal });
    }
  }
}
