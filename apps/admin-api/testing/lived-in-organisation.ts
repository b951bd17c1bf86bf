import { randomUUID } from 'node:crypto';
import { enableConnection, FIRST_MEMBER_ID, FIRST_ORGANISATION_ID, systemActor } from '#connections';
import { runFailedV1 } from '#contracts';
import { Deliverer, hearFact, InProductChannel, occurrencesOfRunFact, type ChannelName } from '#notices';
import { buildRunEvent, RecordingChannel } from '#notices/testing';
import { buildMember, RunHarness } from '#runs/testing';
import { directorySays } from './directory-says.js';
import { connect } from './new-connection.js';
import type { AdminApi } from './start-admin-api.js';

/** Something of every kind that has an id, in the first organisation. */
export interface LivedInOrganisation {
  readonly connectionId: string;
  readonly groupId: string;
  readonly accountId: string;
  readonly personId: string;
  readonly heldId: string;
  readonly pinId: string;
  readonly runId: string;
  readonly changeId: string;
  readonly planHash: string;
  readonly deadLetterId: string;
  readonly noticeId: string;
  readonly deliveryId: string;
  readonly memberId: string;
}

/** Four people of a group, who all left: held, one of them rejected; a plan that waits; a dead letter; a notice. */
export async function livedInOrganisation(api: AdminApi): Promise<LivedInOrganisation> {
  const { db, clock } = api.services;
  const organisationId = FIRST_ORGANISATION_ID;
  await db.query('CREATE SEQUENCE test_read_numbers');
  const groupId = api.tenant.addGroup('Victims');
  const { id: connectionId } = await connect(api, { name: 'Victim Ltd', scope: { mode: 'groups', groups: [groupId] } });
  await db.transaction((tx) => enableConnection(tx, systemActor('test', organisationId), connectionId));
  const people = Array.from({ length: 4 }, () => ({ id: randomUUID() }));
  await directorySays(api.services, { connectionId, groupId }, people);
  await directorySays(
    api.services,
    { connectionId, groupId },
    people.map((person) => ({ ...person, change: 'removed' as const })),
  );
  const held = await first(api, `held-changes?connectionId=${connectionId}`);
  await api.call('POST', 'held-changes/reject', { body: { ids: [held['id']] } });
  return {
    connectionId,
    groupId,
    personId: people[0]!.id,
    memberId: FIRST_MEMBER_ID,
    accountId: String((await first(api, `accounts?connectionId=${connectionId}`))['id']),
    heldId: String((await first(api, `held-changes?connectionId=${connectionId}`))['id']),
    pinId: String((await first(api, `pins?connectionId=${connectionId}`))['id']),
    ...(await waitingPlan(api)),
    deadLetterId: await deadLetter(api, connectionId),
    ...(await notice(api, connectionId, clock())),
  };
}

async function first(api: AdminApi, path: string): Promise<Record<string, unknown>> {
  const [item] = (await api.call('GET', path)).body.items ?? [];
  if (item === undefined) throw new Error(`${path} lists nothing`);
  return item;
}

async function waitingPlan(api: AdminApi): Promise<{ runId: string; changeId: string; planHash: string }> {
  const { id: connectionId } = await connect(api, { name: 'Victim Plans' });
  const site = new RunHarness(api.services.db, { organisationId: FIRST_ORGANISATION_ID, connectionId });
  site.now = api.services.clock();
  const id = randomUUID();
  const { attributes } = buildMember(id);
  site.tenant.groups.set(randomUUID(), [
    buildMember(id, { attributes: { ...attributes, mail: `victim-${id}@contoso.example` } }),
  ]);
  const { id: runId } = await site.request({ apply: 'review' });
  await site.work();
  const { planHash } = (await api.call('GET', `sync-runs/${runId}`)).body;
  return { runId, planHash: String(planHash), changeId: String((await first(api, `sync-runs/${runId}/changes`))['id']) };
}

async function deadLetter(api: AdminApi, connectionId: string): Promise<string> {
  const [row] = await api.services.db.query<{ id: string }>(
    `INSERT INTO messaging.dead_letters (organisation_id, connection_id, consumer_group, topic, partition, "offset", key, headers, value,
       reason_code, reason_message, attempts, first_at, last_at)
     VALUES ($1, $2, 'provisioning', 'directory.changes.v1', 0, 0, 'victim', '{}', '\\x7b7d', 'DEAD_LETTER', 'victim', 1, now(), now())
     RETURNING id`,
    [FIRST_ORGANISATION_ID, connectionId],
  );
  if (row === undefined) throw new Error('no dead letter was stored');
  return row.id;
}

async function notice(api: AdminApi, connectionId: string, now: Date): Promise<{ noticeId: string; deliveryId: string }> {
  const { db, log, clock } = api.services;
  const error = { code: 'GRAPH_UNAVAILABLE', message: 'victim' };
  const event = buildRunEvent(runFailedV1, { organisationId: FIRST_ORGANISATION_ID, connectionId, at: now, error });
  await hearFact({ db, now }, { ...event.data, eventId: event.id, meaning: (names) => occurrencesOfRunFact(event, names) });
  const bell = new InProductChannel(db, { append: () => Promise.resolve() });
  const quiet = (name: ChannelName) => new RecordingChannel(name);
  const channels = { inProduct: bell, mail: quiet('mail'), teams: quiet('teams'), webhook: quiet('webhook') };
  await new Deliverer({ db, channels, owner: 'test', log, clock }).deliverNext();
  return {
    noticeId: String((await firstOf(api, 'notifications'))['id']),
    deliveryId: String((await first(api, 'notification-deliveries'))['id']),
  };
}

/** Under the bell of the bootstrap member, whose session sees it; the API token has no bell. */
async function firstOf(api: AdminApi, path: string): Promise<Record<string, unknown>> {
  const actor = { kind: 'person', id: FIRST_MEMBER_ID, organisationId: FIRST_ORGANISATION_ID, role: 'superAdmin' } as const;
  const { body } = await api.call('GET', path, { headers: await api.signIn(actor) });
  const [item] = body.items ?? [];
  if (item === undefined) throw new Error(`${path} lists nothing`);
  return item;
}
