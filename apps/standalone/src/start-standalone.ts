import { createSignInCode, FIRST_MEMBER_ID, SecretBox } from '#connections';
import { createLog, runService, tracingOptions, type RunningService } from '#service-host';
import { startTracing } from '#tracing';
import { CleanUp } from './clean-up.js';
import { standaloneConfig, type StandaloneConfig } from './config.js';
import { DataFolder } from './data-folder.js';
import { connectDemoTenant, startDemoTenant } from './demo-tenant.js';
import { standaloneDatabaseUrl, standaloneLog } from './engines.js';
import { loopbackUrl } from './loopback-url.js';
import { keptSecrets } from './kept-secrets.js';
import { ADDRESS_FILE } from './sign-in-link.js';
import { standaloneService } from './standalone-service.js';

/** The whole product in this process. Throws, with one line that says why, when it cannot start; nothing is left running then. */
export async function startStandalone(
  environment: Readonly<Record<string, string | undefined>>,
  stopping: AbortSignal,
): Promise<{ stop(): Promise<void> }> {
  const config = standaloneConfig(environment);
  const cleanUp = new CleanUp();
  try {
    const service = await start(config, cleanUp, stopping);
    await announce(service);
    return { stop: () => cleanUp.run() };
  } catch (error) {
    await cleanUp.run().catch(() => undefined);
    throw error;
  }
}

async function start(config: StandaloneConfig, cleanUp: CleanUp, stopping: AbortSignal): Promise<RunningService> {
  const log = createLog('standalone', config.LOG_LEVEL);
  const tracing = await startTracing(tracingOptions(config, 'standalone', log));
  cleanUp.add(() => tracing.stop());
  const folder = await DataFolder.open(config.dataDir);
  cleanUp.add(() => folder.release());
  const secrets = await keptSecrets(folder, config);
  const databaseUrl = await standaloneDatabaseUrl(config, cleanUp);
  const demo = config.demo ? await startDemoTenant(folder, log) : null;
  if (demo !== null) cleanUp.add(() => demo.stop());
  const define = (address: string) => {
    const publicUrl = config.PUBLIC_URL ?? (demo === null ? null : loopbackUrl(address));
    return standaloneService({ config, secrets, demo, publicUrl, address });
  };
  const service = await runService(define, {
    httpPort: config.HTTP_PORT,
    httpHost: config.HTTP_HOST,
    databaseUrl,
    maxConnections: 30,
    engine: standaloneLog(config, log),
    log,
    stopping,
  });
  cleanUp.add(() => service.stop());
  await folder.write(ADDRESS_FILE, `${service.address}\n`);
  if (demo !== null) await connectDemoTenant(service.services.db, SecretBox.fromText(secrets.secretsKey), demo);
  return service;
}

/** The address in one line, and a link that signs in once. The API token is in the data folder, never here (invariant 10). */
async function announce({ address, services }: RunningService): Promise<void> {
  const code = await createSignInCode(services.db, FIRST_MEMBER_ID, services.clock());
  process.stdout.write(
    `\nRollcall is ready at ${address}\nSign in (once, within 10 minutes): ${address}/sign-in?code=${code}\n\n`,
  );
}
