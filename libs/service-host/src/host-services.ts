import type { Registry } from 'prom-client';
import type { Clock, Log } from '#contracts';
import type { Database, NotificationListener } from '#database';
import type { LogEngine } from '#messaging';
import type { Health } from './health.js';

/** What a process gives to the modules that run in it; standalone gives the same to all of them. */
export interface HostServices {
  readonly db: Database;
  readonly engine: LogEngine;
  readonly listener: NotificationListener;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: Registry;
  readonly health: Health;
}
