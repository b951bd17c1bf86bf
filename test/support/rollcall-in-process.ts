import { randomBytes } from 'node:crypto';
import { PostgresThrottleGate, SecretBox } from '#connections';
import { silentLog, type Log } from '#contracts';
import { createTestDatabase, dropTestDatabase } from '#database/testing';
import type { Cloud, GraphEndpoints } from '#graph-client';
import { startSimulator, type SimulatorOptions } from '#graph-simulator';
import { EmbeddedLogEngine } from '#messaging';
import { composeServices, runService, sharedGraphDoor, type RunningService } from '#service-host';
import { adminApiService } from '../../apps/admin-api/src/admin-api-service.js';
import { fullSyncService } from '../../apps/full-sync/src/full-sync-service.js';
import { notificationService } from '../../apps/notification/src/notification-service.js';
import { provisioningService } from '../../apps/provisioning/src/provisioning-service.js';
import { subscriptionService } from '../../apps/subscription/src/subscription-service.js';
import type { SubscriptionOptions } from '../../apps/subscription/src/subscription.module.js';
import { freePort } from './free-port.js';
import { LiveTenant, type ConnectOptions } from './live-tenant.js';
import { RollcallApi } from './rollcall-api.js';

/** Every wait of the watch, short enough for a test. */
export const shortWaits: Required<NonNullable<SubscriptionOptions['timings']>> = {
  sweepMs: 1_500,
  degradedSweepMs: 500,
  settleMs: 2_000,
  confirmMs: 500,
  rereadSoonMs: 400,
  rereadLateMs: 1_500,
  gatherMs: 100,
  missedAfterMs: 2_000,
  leaseMs: 10_000,
  quarantineRetryMs: 20_000,
};

export interface InProcessOptions {
  readonly waits?: Partial<typeof shortWaits>;
  readonly subscriptionBudget?: number;
  /** False: no PUBLIC_URL, polling mode. */
  readonly reachable?: boolean;
  /** A database that the caller looks after; one of its own, dropped at the end, when absent. */
  readonly databaseUrl?: string;
  readonly log?: Log;
  /** Notices are delivered too, also to receivers on this machine; by mail where there is a server. */
  readonly notices?: { readonly smtpUrl: string | null };
}

/** A connection knows its tenant's address by its cloud, so one Rollcall meets as many simulated tenants as there are clouds. */
const CLOUDS: readonly Cloud[] = ['simulated', 'global', 'usGovL4', 'usGovL5', 'china'];

/** The services of the product in this process, on a database of their own and the embedded log; tenants are added one by one. */
export class RollcallInProcess {
  readonly api: RollcallApi;
  private readonly freeClouds = [...CLOUDS];
  private readonly cleanUps: (() => Promise<void>)[] = [];

  private constructor(
    readonly service: RunningService,
    readonly databaseName: string,
    adminToken: string,
    private readonly endpoints: Map<Cloud, GraphEndpoints>,
  ) {
    this.api = new RollcallApi(service.address, adminToken);
  }

  static async start(options: InProcessOptions = {}): Promise<RollcallInProcess> {
    const { log = silentLog } = options;
    const endpoints = new Map<Cloud, GraphEndpoints>();
    const databaseName = `t_${randomBytes(6).toString('hex')}`;
    const adminToken = randomBytes(24).toString('hex');
    const port = await freePort();
    const service = await runService(composed(options, endpoints, adminToken, port), {
      httpPort: port,
      httpHost: '127.0.0.1',
      databaseUrl: options.databaseUrl ?? (await createTestDatabase(databaseName)),
      maxConnections: 20,
      engine: (db, listener) => new EmbeddedLogEngine({ db, listener, log }),
      log,
      stopping: new AbortController().signal,
    });
    return new RollcallInProcess(service, databaseName, adminToken, endpoints);
  }

  /** A new simulated tenant, connected and (unless told otherwise) live; resolves when the baseline has been applied. */
  async connect(options: ConnectOptions & { readonly simulator?: SimulatorOptions } = {}): Promise<LiveTenant> {
    const cloud = this.freeClouds.shift();
    if (cloud === undefined) throw new Error('no more tenants than clouds');
    // Addresses are unique in an organisation, so each tenant has a domain of its own.
    const simulator = await startSimulator({ seed: { domain: `${cloud.toLowerCase()}.example` }, ...options.simulator });
    this.cleanUps.push(() => simulator.stop());
    const { graphBaseUrl, authorityHost, caPem: ca } = simulator;
    this.endpoints.set(cloud, { graphBaseUrl, authorityHost, ca, scope: 'https://graph.microsoft.com/.default' });
    const tenant = new LiveTenant(this.api, simulator, cloud);
    await tenant.connect(options);
    return tenant;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    for (const cleanUp of this.cleanUps) await cleanUp();
    await dropTestDatabase(this.databaseName);
  }
}

function composed(
  options: InProcessOptions,
  endpointsByCloud: ReadonlyMap<Cloud, GraphEndpoints>,
  adminToken: string,
  port: number,
) {
  const secretBox = SecretBox.fromText(randomBytes(32).toString('base64'));
  const timings = { ...shortWaits, ...options.waits };
  const { settleMs, confirmMs, sweepMs: sweepIntervalMs } = timings;
  const publicUrl = options.reachable === false ? null : `http://127.0.0.1:${port}`;
  const endpoints = (cloud: Cloud): GraphEndpoints => {
    const found = endpointsByCloud.get(cloud);
    if (found === undefined) throw new RangeError(`no tenant of the cloud ${cloud}`);
    return found;
  };
  const graph = sharedGraphDoor(endpoints, ({ db, clock }) => new PostgresThrottleGate(db, clock));
  return composeServices('rollcall', [
    subscriptionService({
      secretBox,
      endpoints,
      graph,
      publicUrl,
      settleMs,
      confirmMs,
      sweepIntervalMs,
      timings,
      ...(options.subscriptionBudget === undefined ? {} : { subscriptionBudget: options.subscriptionBudget }),
    }),
    provisioningService({ settleMs }),
    fullSyncService({ secretBox, endpoints, graph, settleMs, confirmMs }),
    ...(options.notices === undefined
      ? []
      : [notificationService({ secretBox, smtpUrl: options.notices.smtpUrl, publicUrl, allowLoopback: true })]),
    adminApiService({
      secretBox,
      adminToken,
      publicUrl,
      identityProvider: null,
      simulatedTenant: null,
      consoleUrl: null,
      noticesToLoopback: options.notices !== undefined,
      settleMs,
      sweepIntervalMs,
      graph,
    }),
  ]);
}
