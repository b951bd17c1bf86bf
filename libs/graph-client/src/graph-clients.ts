import type { Clock, Log } from '#contracts';
import type { Cloud, GraphEndpoints } from './cloud-endpoints.js';
import type { GraphClient } from './graph-client.js';
import type { GraphConnection } from './graph-connection.js';
import type { ThrottleGate } from './throttling/throttle-gate.js';

export type Priority = 'low' | 'normal' | 'high';

export interface GraphTimeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  /** Silence between two pieces of a body. */
  readonly bodyMs: number;
  /** One request from its first byte to its last. */
  readonly requestMs: number;
  readonly tokenMs: number;
  /** How long a request may wait for one of the connection's places. */
  readonly queueMs: number;
}

export interface GraphMetrics {
  /** After each request to Graph; `status` null when none came. */
  request(fields: { connectionId: string; operation: string; status: number | null; durationMs: number }): void;
}

export interface GraphClientsOptions {
  readonly endpoints: (cloud: Cloud) => GraphEndpoints;
  readonly throttle: ThrottleGate;
  readonly log: Log;
  readonly clock: Clock;
  /** Requests of one connection in flight in this process. */
  readonly maxLiveRequests?: number;
  readonly timeouts?: Partial<GraphTimeouts>;
  readonly metrics?: GraphMetrics;
  readonly random?: () => number;
}

/** The door to Graph. Keeps, per connection, the token, the sockets and the places; a changed secret starts anew. */
export class GraphClients {
  constructor(private readonly options: GraphClientsOptions) {}

  for(connection: GraphConnection, options?: { priority?: Priority }): GraphClient {
    void options;
    throw new Error(`not yet: ${connection.connectionId} ${this.options.maxLiveRequests}`);
  }

  forget(connectionId: string): void {
    void connectionId;
  }

  async close(): Promise<void> {}
}
