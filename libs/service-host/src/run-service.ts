import type { ServerResponse } from 'node:http';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { collectDefaultMetrics } from 'prom-client';
import type { Log } from '#contracts';
import type { OwnerMigrations } from '#database';
import { OutboxRelay } from '#messaging';
import { ConfigError } from './config.js';
import { connectEngines, type EngineOptions } from './connect-engines.js';
import { Health } from './health.js';
import type { HostServices } from './host-services.js';
import { HttpHost } from './http-host.js';
import { OperationsModule } from './operations.controller.js';

/** Everything after SIGTERM has to be over by then (design section 5: 10 s). */
const SHUTDOWN_DEADLINE_MS = 9_000;
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

export interface ServiceDefinition {
  readonly name: string;
  readonly owners: readonly OwnerMigrations[];
  /** The service's modules on what the process gives them. */
  readonly modules: (services: HostServices) => readonly DynamicModule[];
  /** Consumers of the log that this process runs, one per consumer group. */
  readonly strategies?: (services: HostServices) => readonly CustomTransportStrategy[];
  /** Last touches on the HTTP application: pipes, filters, documents. */
  readonly configure?: (app: NestFastifyApplication, services: HostServices) => Promise<void> | void;
}

export interface HostOptions {
  readonly httpPort: number;
  readonly httpHost: string;
  readonly databaseUrl: string;
  readonly maxConnections?: number;
  readonly engine: EngineOptions['engine'];
  readonly log: Log;
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
 * it. Throws `ListenError` when the port is taken.
 */
export async function runService(definition: ServiceDefinition, options: HostOptions): Promise<RunningService> {
  const health = new Health();
  health.add('application', () => ({ ready: false, reason: 'starting' }));
  const http = new HttpHost((request, response) => void answerWhileWaiting(request.url ?? '/', response, health));
  const address = await http.listen(options.httpPort, options.httpHost);
  const services = await connectEngines({
    ...options,
    service: definition.name,
    owners: definition.owners,
    health,
    signal: options.stopping,
  });
  collectDefaultMetrics({ register: services.metrics });
  const app = await createApplication(definition, services, http);
  const relay = new OutboxRelay({
    db: services.db,
    publisher: services.engine.publisher(),
    listener: services.listener,
    log: options.log,
    clock: services.clock,
  });
  relay.start();
  health.add('application', () => ({ ready: true }));
  options.log.info({ address }, `${definition.name} is ready`);
  return {
    address,
    services,
    stop: async () => {
      await app.close();
      await relay.stop();
      await services.engine.close();
      await services.listener.stop();
      await services.db.close();
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
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ serverFactory: http.serverFactory, bodyLimit: BODY_LIMIT_BYTES, trustProxy: false });
  const root: DynamicModule = {
    module: RootModule,
    imports: [OperationsModule.register(services.health, services.metrics), ...definition.modules(services)],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: false, abortOnError: false });
  for (const strategy of definition.strategies?.(services) ?? [])
    app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  await definition.configure?.(app, services);
  await app.startAllMicroservices();
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  http.handOver();
  return app;
}

async function answerWhileWaiting(url: string, response: ServerResponse, health: Health): Promise<void> {
  const live = url.startsWith('/health/live');
  const { checks } = await health.report();
  response.writeHead(live ? 200 : 503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' });
  response.end(JSON.stringify(live ? { status: 'live' } : { status: 'waiting', checks }));
}

/**
 * Runs a process to its end: prints one line and exits with 1 where the start fails for a reason that a person can mend; stops in
 * order on SIGTERM and SIGINT, and hard at the deadline.
 */
export async function mainProcess(start: (stopping: AbortSignal) => Promise<{ stop(): Promise<void> }>): Promise<void> {
  const stopping = new AbortController();
  const running = Promise.resolve(stopping.signal).then(start);
  const stop = () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    setTimeout(() => process.exit(1), SHUTDOWN_DEADLINE_MS).unref();
    void running.then(
      (service) =>
        service.stop().then(
          () => process.exit(0),
          () => process.exit(1),
        ),
      () => process.exit(0),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  try {
    await running;
  } catch (error) {
    if (stopping.signal.aborted) return;
    process.stderr.write(`${oneLine(error)}\n`);
    process.exit(1);
  }
}

function oneLine(error: unknown): string {
  if (error instanceof ConfigError) return `Rollcall cannot start: ${error.message}`;
  const message = error instanceof Error ? error.message : String(error);
  return `Rollcall cannot start: ${message.split('\n', 1)[0] ?? message}`;
}
