import { Client } from '@microsoft/microsoft-graph-client';
import { Agent } from 'undici';
import type { Clock } from '#contracts';
import type { GraphEndpoints } from '../cloud-endpoints.js';
import type { GraphConnection } from '../graph-connection.js';
import type { GraphTimeouts } from '../graph-clients.js';
import { Backoff } from '../throttling/backoff.js';
import { RequestSlots } from '../throttling/request-slots.js';
import { UnitBudget } from '../throttling/unit-budget.js';
import { entraTokenRequest } from '../tokens/entra-token-request.js';
import { TokenProvider } from '../tokens/token-provider.js';
import { BearerHandler } from './bearer-handler.js';
import { UndiciHandler } from './undici-handler.js';

const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

export interface LiveConnectionOptions {
  readonly endpoints: GraphEndpoints;
  readonly timeouts: GraphTimeouts;
  readonly maxLiveRequests: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** All that one connection keeps in this process: its sockets, token, places and waits. Shared with no other (invariant 9). */
export class LiveConnection {
  readonly tokens: TokenProvider;
  readonly client: Client;
  readonly slots: RequestSlots;
  readonly backoff: Backoff;
  readonly lowPriorityBudget: UnitBudget;
  readonly graphOrigin: string;
  /** `getByIds` was refused once: people are read by filter from then on (Graph sheet 2.8). */
  getByIdsRefused = false;
  private readonly agent: Agent;

  constructor(
    readonly connection: GraphConnection,
    readonly options: LiveConnectionOptions,
  ) {
    const { endpoints, timeouts, clock } = options;
    this.graphOrigin = new URL(endpoints.graphBaseUrl).origin;
    this.tokens = new TokenProvider(entraTokenRequest(connection, endpoints, { timeoutMs: timeouts.tokenMs, clock }), clock);
    this.slots = new RequestSlots(options.maxLiveRequests, timeouts.queueMs);
    this.backoff = new Backoff(options.random);
    this.lowPriorityBudget = new UnitBudget(clock);
    this.agent = new Agent({
      connect: { timeout: timeouts.connectMs, ...(endpoints.ca === undefined ? {} : { ca: endpoints.ca }) },
      headersTimeout: timeouts.headersMs,
      bodyTimeout: timeouts.bodyMs,
      connections: options.maxLiveRequests,
      maxResponseSize: LARGEST_ANSWER_BYTES,
    });
    const bearer = new BearerHandler(this.tokens, this.graphOrigin);
    this.client = Client.initWithMiddleware({
      baseUrl: endpoints.graphBaseUrl,
      middleware: [bearer, new UndiciHandler(this.agent)],
    });
  }

  /** Lets requests in flight come to their end and takes no new ones: another credential has taken over. */
  retire(): void {
    void this.agent.close();
  }

  /** Ends the sockets; requests in flight fail as unavailable. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }
}
