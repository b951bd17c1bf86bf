import { randomInt } from 'node:crypto';
import type { Clock, Log } from '#contracts';
import type { Cloud, GraphEndpoints } from './cloud-endpoints.js';
import { ConnectedGraphClient } from './connected-graph-client.js';
import type { GraphClient } from './graph-client.js';
import type { GraphConnection } from './graph-connection.js';
import type { ThrottleGate } from './throttling/throttle-gate.js';
import { lookUpTenant } from './tokens/look-up-tenant.js';
import { GraphTransport } from './transport/graph-transport.js';
import { LiveConnection } from './transport/live-connection.js';

/** `low` gives way when Graph is near its limit and uses at most half of the tenant's budget: for runs. */
export type Priority = 'low' | 'normal' | 'high';

export interface GraphTimeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  /** Silence between two pieces of a body. */
  readonly bodyMs: number;
  /** One request from its first byte to its last, with a second try and a new token where needed. */
  readonly requestMs: number;
  readonly tokenMs: number;
  /** How long a request may wait for one of the connection's places. */
  readonly queueMs: number;
}

const DEFAULT_TIMEOUTS: GraphTimeouts = {
  connectMs: 10_000,
  headersMs: 60_000,
  bodyMs: 30_000,
  requestMs: 90_000,
  tokenMs: 20_000,
  queueMs: 60_000,
};

const DEFAULT_LIVE_REQUESTS = 4;

export interface GraphMetrics {
  /** After each request to Graph; `status` null when no answer came. */
  request(fields: { connectionId: string; operation: string; status: number | null; durationMs: number }): void;
}

export interface GraphClientsOptions {
  readonly endpoints: (cloud: Cloud) => GraphEndpoints;
  readonly throttle: ThrottleGate;
  readonly log: Log;
  readonly clock: Clock;
  /** Requests of one connection in flight in this process: 4, which is safe for a tenant (Graph sheet 5.1). */
  readonly maxLiveRequests?: number;
  readonly timeouts?: Partial<GraphTimeouts>;
  readonly metrics?: GraphMetrics;
  readonly random?: () => number;
}

/** The door to Graph. Keeps, per connection, the token, the sockets and the places; other credentials start them anew. */
export class GraphClients {
  private readonly live = new Map<string, LiveConnection>();

  constructor(private readonly options: GraphClientsOptions) {}

  /**
   * Cheap: call it for each piece of work. A credential that is only tried out needs a connectionId of its own, or it takes the
   * place of the one in use. Throws a RangeError for a cloud that this process does not know.
   */
  for(connection: GraphConnection, options: { priority?: Priority } = {}): GraphClient {
    const live = this.liveConnection(connection);
    return new ConnectedGraphClient(live, new GraphTransport(live, this.options, options.priority ?? 'normal'));
  }

  /** Whose tenant an id or a verified domain is; needs no credential. Throws TenantNotFound, GraphUnavailable. */
  async tenant(cloud: Cloud, idOrDomain: string): Promise<{ tenantId: string }> {
    const timeouts = { ...DEFAULT_TIMEOUTS, ...this.options.timeouts };
    return lookUpTenant(idOrDomain, this.options.endpoints(cloud), { timeoutMs: timeouts.tokenMs });
  }

  /** Drops token and sockets, as after a pause or a deletion. Requests in flight fail as unavailable. */
  forget(connectionId: string): void {
    const live = this.live.get(connectionId);
    this.live.delete(connectionId);
    void live?.close();
  }

  async close(): Promise<void> {
    const all = [...this.live.values()];
    this.live.clear();
    await Promise.all(all.map((live) => live.close()));
  }

  private liveConnection(connection: GraphConnection): LiveConnection {
    const known = this.live.get(connection.connectionId);
    if (known !== undefined && sameCredential(known.connection, connection)) return known;
    const live = new LiveConnection(connection, {
      endpoints: this.options.endpoints(connection.cloud),
      timeouts: { ...DEFAULT_TIMEOUTS, ...this.options.timeouts },
      maxLiveRequests: this.options.maxLiveRequests ?? DEFAULT_LIVE_REQUESTS,
      clock: this.options.clock,
      random: this.options.random ?? cryptoRandom,
    });
    this.live.set(connection.connectionId, live);
    known?.retire();
    return live;
  }
}

/** Jitter: a number from 0 to 1. */
function cryptoRandom(): number {
  return randomInt(2 ** 32) / 2 ** 32;
}

function sameCredential(one: GraphConnection, other: GraphConnection): boolean {
  return (
    one.tenantId === other.tenantId &&
    one.cloud === other.cloud &&
    one.clientId === other.clientId &&
    one.clientSecret === other.clientSecret
  );
}
