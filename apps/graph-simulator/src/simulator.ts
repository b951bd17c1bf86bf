import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Agent } from 'undici';
import { SimulatorControl } from './control/simulator-control.js';
import { createControlServer } from './control/control-server.js';
import { ChangeNotifier } from './delivery/change-notifier.js';
import { LifecycleNotifier } from './delivery/lifecycle-notifier.js';
import { NotificationSender } from './delivery/notification-sender.js';
import { behavioursSchema } from './faults/behaviours.js';
import { FaultInjector } from './faults/fault-injector.js';
import { graphRoutes } from './http/graph-routes.js';
import { GraphRouter } from './http/graph-router.js';
import { createGraphServer } from './http/graph-server.js';
import { GraphService } from './http/graph-service.js';
import { RequestCounters } from './http/request-counters.js';
import { caFileOf, loadIdentity, newIdentity, saveIdentity, type Identity } from './persistence/identity.js';
import { memoryLog, openRecordLog } from './persistence/record-log.js';
import { clockOffsetOf, readRecords, replay } from './persistence/replay.js';
import { listenOn } from './http/listen.js';
import type { Simulation } from './simulation.js';
import type { RunningSimulator, SimulatorLog, SimulatorOptions } from './simulator-options.js';
import { Administrators } from './sign-in/administrators.js';
import { AuthorizationCodes } from './sign-in/authorization-codes.js';
import { IdTokens } from './sign-in/id-tokens.js';
import { SignInService } from './sign-in/sign-in-service.js';
import { SubscriptionStore } from './subscriptions/subscription-store.js';
import { DirectoryEditor } from './tenant/directory-editor.js';
import { MembershipEditor } from './tenant/membership-editor.js';
import { seedTenant } from './tenant/seed.js';
import { Tenant } from './tenant/tenant.js';
import { SimulatedClock } from './time/simulated-clock.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { AppRegistrations } from './tokens/app-registrations.js';
import { TokenSealer } from './tokens/sealed-token.js';
import { loadSigningKey } from './tokens/signing-key.js';
import { TokenEndpoint } from './tokens/token-endpoint.js';

/** Between 0 and 1. */
const chance = (): number => randomInt(2 ** 32) / 2 ** 32;
/** What the administrator of a new tenant has consented to: reading for the sync, writing for those who play administrator. */
const SEEDED_ROLES = [
  'Group.Read.All',
  'User.Read.All',
  'Group.ReadWrite.All',
  'User.ReadWrite.All',
  'User.DeleteRestore.All',
  'Organization.Read.All',
];
const silent: SimulatorLog = { info: () => undefined, warn: () => undefined };

/**
 * Starts a simulated Entra tenant with Graph on TLS and its control page on plain http. With a data folder, a later start on
 * the same folder is the same tenant, and a change that was answered survives a kill.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const host = options.host ?? '127.0.0.1';
  const hostClock = options.clock ?? ((): Date => new Date());
  const log = options.log ?? silent;
  const dataDir = options.dataDir ?? null;
  const domain = options.seed?.domain ?? 'contoso.example';

  const identity = dataDir === null ? await newIdentity(hostClock()) : await loadIdentity(dataDir, hostClock());
  const { records: lines, log: recordLog } =
    dataDir === null ? { records: [], log: memoryLog } : openRecordLog(join(dataDir, 'tenant.jsonl'));
  const records = readRecords(lines);

  const clock = new SimulatedClock(hostClock, clockOffsetOf(records));
  const now = (): number => clock.now();
  const tenant = new Tenant(clock, recordLog);
  const objects = new DirectoryEditor(tenant, () => new Date(clock.now()));
  const memberships = new MembershipEditor(tenant, objects);
  const apps = new AppRegistrations(recordLog, now);
  const subscriptions = new SubscriptionStore(recordLog, now);
  const administrators = new Administrators(recordLog, domain);
  replay(records, { tenant, apps, administrators, subscriptions });
  administrators.seed();
  if (tenant.journal.head === 0 && options.seed?.people !== 'none') seedTenant(objects, memberships, domain);
  const app = apps.list()[0] ?? apps.create('Rollcall', SEEDED_ROLES);

  const random = options.random ?? chance;
  const faults = new FaultInjector(random);
  for (const fault of options.faults ?? []) faults.set(fault);
  const behaviours = { current: behavioursSchema.parse(options.behaviours ?? {}) };
  const simulation: Simulation = {
    tenantId: identity.tenantId,
    displayName: options.seed?.displayName ?? 'Contoso Simulated',
    domains: [domain, domain.replace(/\.example$/, '.onmicrosoft.example')],
    tenant,
    objects,
    memberships,
    faults,
    behaviours: () => behaviours.current,
    sealer: new TokenSealer(Buffer.from(identity.sealingKey, 'base64')),
    clock,
  };

  const dispatcher = new Agent({ connect: { timeout: 5_000 }, connections: 16 });
  const sender = new NotificationSender(clock, dispatcher, simulation.behaviours);
  const notifier = new ChangeNotifier(simulation, subscriptions, sender, random);
  const lifecycle = new LifecycleNotifier(subscriptions, sender, clock, identity.tenantId);
  tenant.onWrite((entries) => notifier.onWrite(entries));

  const counters = new RequestCounters();
  const signingKey = await loadSigningKey(identity.signingJwk);
  const tokens = new AccessTokens(signingKey, identity.tenantId, now);
  const routes = graphRoutes(simulation, subscriptions, dispatcher, (subscription) => {
    lifecycle.schedule(subscription);
    notifier.onSubscriptionChanged(subscription);
  });
  const graph = new GraphService(simulation, new GraphRouter(routes), tokens, apps, counters);
  const signIn = new SignInService(
    simulation,
    apps,
    administrators,
    new AuthorizationCodes(now),
    new IdTokens(signingKey, identity.tenantId, now),
  );
  let pageUrl = '';
  const entra = new TokenEndpoint(
    { tenantId: identity.tenantId, domains: simulation.domains },
    apps,
    tokens,
    signingKey,
    faults,
    simulation.behaviours,
    now,
    signIn,
    () => pageUrl,
  );
  const control = new SimulatorControl({
    tenant,
    objects,
    memberships,
    domain,
    apps,
    defaultClientId: app.clientId,
    faults,
    behaviours,
    clock,
    log: recordLog,
    counters,
    subscriptions,
    sender,
    lifecycle,
    administrators,
  });

  const graphServer = createGraphServer({ graph, entra, faults, counters, tenantId: identity.tenantId }, identity);
  const pageServer = createControlServer(control, signIn, { tenantId: identity.tenantId, displayName: simulation.displayName });
  const graphPort = await listenOn(graphServer, host, { asked: options.graphPort ?? 0, saved: identity.graphPort }, log);
  const pagePort = await listenOn(pageServer, host, { asked: options.pagePort ?? 0, saved: identity.pagePort }, log);
  pageUrl = `http://127.0.0.1:${pagePort}`;
  if (dataDir !== null) keepPorts(dataDir, identity, graphPort, pagePort);
  lifecycle.resume();
  notifier.resume();

  const graphBaseUrl = `https://localhost:${graphPort}`;
  return {
    graphBaseUrl,
    authorityHost: graphBaseUrl,
    caPem: identity.caPem,
    caFile: dataDir === null ? null : caFileOf(dataDir),
    pageUrl,
    tenantId: identity.tenantId,
    clientId: app.clientId,
    clientSecret: app.secrets.at(-1)?.value ?? '',
    groups: control
      .groups()
      .filter((group) => group.state === 'active')
      .map(({ id, displayName }) => ({ id, displayName })),
    control,
    stop: () => stopAll([graphServer, pageServer], sender, clock, dispatcher, () => recordLog.close()),
  };
}

function keepPorts(dataDir: string, identity: Identity, graphPort: number, pagePort: number): void {
  if (identity.graphPort === graphPort && identity.pagePort === pagePort) return;
  saveIdentity(dataDir, { ...identity, graphPort, pagePort });
}

async function stopAll(
  servers: readonly FastifyInstance[],
  sender: NotificationSender,
  clock: SimulatedClock,
  dispatcher: Agent,
  closeLog: () => void,
): Promise<void> {
  clock.stop();
  await Promise.all(servers.map((server) => server.close()));
  await Promise.all([sender.stop(), dispatcher.destroy()]);
  closeLog();
}
