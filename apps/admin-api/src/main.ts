import 'reflect-metadata';
import { PostgresThrottleGate, SecretBox } from '#connections';
import { cloudEndpoints, GraphClients } from '#graph-client';
import { KafkaEngine } from '#messaging';
import { createLog, mainProcess, runService, kafkaOptions } from '#service-host';
import { adminApiService } from './admin-api.service.js';
import { readAdminApiConfig } from './config.js';

await mainProcess(async (stopping) => {
  const config = readAdminApiConfig();
  const log = createLog('admin-api', config.LOG_LEVEL);
  const endpoints = cloudEndpoints({
    ...(config.GRAPH_BASE_URL === undefined ? {} : { graphBaseUrl: config.GRAPH_BASE_URL }),
    ...(config.ENTRA_AUTHORITY_HOST === undefined ? {} : { authorityHost: config.ENTRA_AUTHORITY_HOST }),
  });
  const definition = adminApiService({
    secretBox: SecretBox.fromText(config.SECRETS_KEY),
    adminToken: config.ADMIN_TOKEN,
    publicUrl: config.PUBLIC_URL ?? null,
    simulatorPageUrl: null,
    graph: ({ db, clock }) => new GraphClients({ endpoints, throttle: new PostgresThrottleGate(db, clock), log, clock }),
  });
  return runService(definition, {
    httpPort: config.HTTP_PORT,
    httpHost: config.HTTP_HOST,
    databaseUrl: config.DATABASE_URL,
    engine: () => new KafkaEngine(kafkaOptions(config), log),
    log,
    stopping,
  });
});
