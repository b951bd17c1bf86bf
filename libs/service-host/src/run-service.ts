import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { collectDefaultMetrics } from 'prom-client';
import type { Log } from '#contracts';
import type { OwnerMigrations } from '#database';
import { OutboxRelay, type Consumer, type MessagingMetrics } from '#messaging';
import { anyRequest, hearOut } from './any-request.js';
import { answerWhileWaiting, type EarlyAnswer } from './answer-while-waiting.js';
import { connectEngines, type EngineOptions } from './connect-engines.js';
import { Health } from './health.js';
import type { HostServices } from './host-services.js';
import { HttpHost } from './http-host.js';
import { messagingMetrics, registerOutboxMetrics } from './messaging-metrics.js';
import { OperationsModule } from './operations.controller.js';
import { traceRequests } from './trace-requests.js';

/** What every consumer of a process is made with. */
export interface ConsumerDefaults extends Pick<HostServices, 'engine' | 'db' | 'log' | 'clock'> {
  readonly metrics: MessagingMetrics;
  readonly onStuck: (consumer: Pick<Consumer, 'restart'>) => void;
}

export interface ServiceDefinition {
  readonly name: string;
  readonly owners: readonly OwnerMigrations[];
  /** The service's modules on what the process gives them. */
  readonly modules: (services: HostServices) => readonly DynamicModule[];
  /** Consumers of the log that this process runs, one per consumer group. */
  readonly strategies?: (consumer: ConsumerDefaults) => readonly CustomTransportStrategy[];
  /** Last touches on the HTTP application: pipes, filters, documents. */
  readonly configure?: (app: NestFastifyApplication, services: HostServices) => Promise<void> | void;
  /** What the service answers also while an engine was never there since the process began. */
  readonly answerEarly?: EarlyAnswer;
}

export interface HostOptions {
  readonly httpPort: number;
  readonly httpHost: string;
  readonly databaseUrl: string;
  readonly maxConnections?: number;
  readonly engine: EngineOptions['engine'];
  readonly log: Log;
  /** A consumer has lag and no longer moves; restarts it unless given. */
  readonly onStuck?: ConsumerDefaults['onStuck'];
  /** Aborted when the process is told to stop while it still waits for an engine. */
  readonly stopping: AbortSignal;
}

export interface RunningService {
  readonly address: string;
  readonly services: HostServices;
  stop(): Promise<void>;
}

/**
 * Boots a process: socket first, then engines, then the application, then the consumers and the relay. The order backwards ends
 * it. A definition that depends on the address at which the process listens is given as a function of it. Throws `ListenError` when
 * the port is taken; whatever the failure, nothing listens any more then.
 */
export async function runService(
  service: ServiceDefinition | ((address: string) => ServiceDefinition),
  options: HostOptions,
): Promise<RunningService> {
  const health = new Health();
  health.add('application', () => ({ ready: false, reason: 'starting' }));
  let early: EarlyAnswer | undefined;
  const waiting = answerWhileWaiting(health, (request, response) => early?.(request, response) ?? false);
  const http = new HttpHost((request, response) => void waiting(request, response));
  const address = await http.listen(options.httpPort, options.httpHost);
  try {
    const definition = typeof service === 'function' ? service(address) : service;
    early = definition.answerEarly;
    return await start(definition, options, { http, address, health });
  } catch (error) {
    await http.close(0);
    throw error;
  }
}

interface Socket {
  readonly http: HttpHost;
  readonly address: string;
  readonly health: Health;
}

async function start(
  definition: ServiceDefinition,
  options: HostOptions,
  { http, address, health }: Socket,
): Promise<RunningService> {
  const services = await connectEngines({
    ...options,
    service: definition.name,
    owners: definition.owners,
    health,
    signal: options.stopping,
  });
  const { db, engine, listener, log, clock } = services;
  const metrics = messagingMetrics(services.metrics);
  collectDefaultMetrics({ register: services.metrics });
  registerOutboxMetrics(services.metrics, db);
  const onStuck = options.onStuck ?? ((consumer) => consumer.restart());
  const app = await createApplication(definition, services, http, { db, engine, log, clock, metrics, onStuck });
  const relay = new OutboxRelay({ db, publisher: engine.publisher(), listener, log, clock, metrics, system: engine.system });
  relay.start();
  health.add('application', () => ({ ready: true }));
  log.info({ address }, `${definition.name} is ready`);
  return {
    address,
    services,
    stop: async () => {
      await app.close();
      await relay.stop();
      await engine.close();
      await listener.stop();
      await db.close();
      await http.close();
    },
  };
}

/** Holds nothing: Nest wants a class to hang the imports on. */
@Module({})
class RootModule {}

async function createApplication(
  definition: ServiceDefinition,
  services: HostServices,
  http: HttpHost,
  consumer: ConsumerDefaults,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ ...anyRequest, serverFactory: http.serverFactory });
  const root: DynamicModule = {
    module: RootModule,
    imports: [OperationsModule.register(services.health, services.metrics), ...definition.modules(services)],
  };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class in its types only
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: false, abortOnError: false });
  hearOut(app.getHttpAdapter().getInstance());
  traceRequests(app.getHttpAdapter().getInstance());
  for (const strategy of definition.strategies?.(consumer) ?? [])
    app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  await definition.configure?.(app, services);
  await app.startAllMicroservices();
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  http.handOver();
  return app;
}
