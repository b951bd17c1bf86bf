import type { SecretBox } from '#connections';
import type { Clock, Log } from '#contracts';
import type { Database, NotificationListener } from '#database';
import type { GraphClients } from '#graph-client';
import type { IdentityProvider } from './sign-in/identity-provider.js';
import type { SimulatedTenant } from './simulated-tenant/simulated-tenant.js';

/** What the process gives to the API; standalone gives the same database and engine to all of its modules. */
export interface AdminApiServices {
  readonly db: Database;
  readonly listener: NotificationListener;
  readonly log: Log;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly graph: Pick<GraphClients, 'for' | 'forget' | 'tenant'>;
  /** How long Graph's replicas may still show what was before (`SETTLE_SECONDS`). */
  readonly settleMs: number;
  /** The bootstrap super admin's token; only its hash is kept. */
  readonly adminToken: string;
  /** Where Graph reaches the webhooks, without a slash at its end; null in polling mode. */
  readonly publicUrl: string | null;
  /** Where browsers open the console; left out where only the process's own address is known. */
  readonly consoleUrl?: string | null;
  /** Notices may be posted to this very machine: for tests, and for receivers beside Rollcall. */
  readonly noticesToLoopback?: boolean;
  /** Where the console's users sign in; null: by token and one-time link only. */
  readonly identityProvider: IdentityProvider | null;
  /** Where this process runs one. */
  readonly simulatedTenant: SimulatedTenant | null;
}

export const ADMIN_API_SERVICES = Symbol('admin-api services');
