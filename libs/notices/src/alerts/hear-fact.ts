import { randomUUID } from 'node:crypto';
import { findConnection, listMembers, type Connection } from '#connections';
import { lockNamed, type Database, type Tx } from '#database';
import type { NewDelivery } from '../deliveries/new-delivery.js';
import { planDeliveries, planForThoseTold, type DeliveryPlan } from '../deliveries/plan-deliveries.js';
import { saveDeliveries } from '../deliveries/save-deliveries.js';
import type { NoticeKind } from '../kinds.js';
import type { StoredAlert } from '../queries/list-alerts.js';
import * as store from './alert-store.js';
import { composeAllClear, composeRaised, composeTold } from './compose-message.js';
import { ALL_MEMBERS, decideAlert, newestWords, type FactPlace } from './decide-alert.js';
import { actorNames, nameIn, namer, type Names } from './names.js';
import type { Occurrence, Raise, Settle, Tell } from './occurrence.js';

export interface HearFactOptions {
  readonly db: Database;
  /** For deliveries: what is due, and whether it is quiet. */
  readonly now: Date;
}

export interface Fact {
  /** Of the event; the same fact heard again changes nothing. Null for what was looked up rather than reported. */
  readonly eventId: string | null;
  readonly organisationId: string;
  readonly connectionId: string | null;
  /** Where it stands in the log that told it; absent for what was looked up. */
  readonly place?: FactPlace;
  /** What the fact means, given how things are called. Groups, and what a problem says of the connection, stand in it by id. Pure. */
  readonly meaning: (names: Names) => readonly Occurrence[];
}

/** What became of a fact, for metrics. */
export interface Heard {
  readonly opened: readonly NoticeKind[];
  readonly resolved: readonly NoticeKind[];
}

/**
 * Takes one fact: alerts and the deliveries they call for, in one transaction, at most once per event id. Facts of one organisation
 * are serial here, so that two of one cause cannot both open its alert. Nothing is sent: `Deliverer` does that.
 */
export async function hearFact({ db, now }: HearFactOptions, fact: Fact): Promise<Heard> {
  return db.transaction(async (tx) => {
    const heard: { opened: NoticeKind[]; resolved: NoticeKind[] } = { opened: [], resolved: [] };
    await lockNamed(tx, `notices:${fact.organisationId}`);
    if (fact.eventId !== null && !(await store.markHeard(tx, fact.eventId, now))) return heard;
    const connection = fact.connectionId === null ? null : await findConnection(tx, fact.connectionId);
    const hearing = {
      ...{ tx, now, connection, heard },
      place: fact.place ?? null,
      eventId: fact.eventId ?? randomUUID(),
      toldOfRun: new Set<string>(),
    };
    const names = {
      connection: connection?.name ?? 'a former connection',
      actor: actorNames(await listMembers(tx, fact.organisationId)),
    };
    for (const occurrence of fact.meaning(names)) {
      for (const single of await singleCauses(tx, occurrence)) await hearOccurrence(hearing, withNames(single, connection));
    }
    return heard;
  });
}

/**
 * What was wrong with a connection that is disconnected by now: it would never end, since nothing works on it any more. Facts of other
 * topics may be heard after the one that ended all its alerts.
 */
function isOver(connection: Connection | null): boolean {
  return connection?.state === 'disconnected';
}

function withNames<Single extends Raise | Settle | Tell>(occurrence: Single, connection: Connection | null): Single {
  const named = namer(
    connection === null ? [] : [...connection.watchedGroups, { id: connection.id, displayName: connection.name }],
  );
  return occurrence.effect === 'settle'
    ? { ...occurrence, sentence: named(occurrence.sentence) }
    : { ...occurrence, content: nameIn(occurrence.content, named) };
}

interface Hearing {
  readonly tx: Tx;
  readonly now: Date;
  readonly place: FactPlace | null;
  readonly eventId: string;
  readonly connection: Connection | null;
  readonly heard: { opened: NoticeKind[]; resolved: NoticeKind[] };
  /** Who got the notice of this very run, by which channel: to them its failure, or the end of its review, is no second message. */
  readonly toldOfRun: Set<string>;
}

async function singleCauses(tx: Tx, occurrence: Occurrence): Promise<(Raise | Settle | Tell)[]> {
  if (occurrence.effect !== 'settleAll') return [occurrence];
  const { organisationId, connectionId, at, sentence } = occurrence;
  const open = await store.findOpenCauses(tx, occurrence);
  return open.map((cause) => ({ effect: 'settle', organisationId, connectionId, at, cause, member: null, sentence }));
}

async function hearOccurrence(hearing: Hearing, occurrence: Raise | Settle | Tell): Promise<void> {
  if (occurrence.effect === 'tell') return hearTell(hearing, occurrence);
  if (occurrence.effect === 'raise' && isOver(hearing.connection)) return;
  const { tx, heard, place } = hearing;
  const { organisationId, cause, at } = occurrence;
  const alert = await store.findOpenAlert(tx, organisationId, cause);
  const members = await store.readMembers(tx, organisationId, cause);
  const decision = decideAlert(occurrence, place, { members, openStage: alert?.stage ?? null, wasTold: false });
  const named = occurrence.member === null ? [...members.keys(), ALL_MEMBERS] : [occurrence.member];
  const word = { isRaised: occurrence.effect === 'raise', changedAt: at, place };
  await store.saveMembers(tx, organisationId, cause, newestWords(members, new Set(named), word));
  if (occurrence.effect === 'raise' && decision.action === 'open') {
    const alertId = await store.openAlert(tx, occurrence);
    heard.opened.push(occurrence.kind);
    return deliver(hearing, occurrence, { id: alertId, openedAt: at }, decision.told);
  }
  if (alert === null) return;
  if (occurrence.effect === 'raise' && decision.action === 'update') {
    await store.updateAlert(tx, alert.id, occurrence, decision);
    if (decision.told !== null) await deliver(hearing, occurrence, alert, decision.told);
  }
  if (occurrence.effect === 'settle' && decision.action === 'resolve') {
    await store.resolveAlert(tx, alert.id, at);
    heard.resolved.push(alert.kind);
    const content = composeAllClear(alert, occurrence.sentence, at);
    // Good news waits for the morning, whatever its alert was.
    const told = { told: decision.told, severity: 'resolved', isUrgent: false, content, at } as const;
    const plan = { ...told, organisationId, connectionId: alert.connectionId, alertId: alert.id, kind: alert.kind };
    const allClears = await planForThoseTold(tx, inContext(hearing, plan));
    // That a plan does not wait any more is in the notice of the run's end already.
    const isNews = (delivery: NewDelivery) => alert.kind !== 'toReview' || !hearing.toldOfRun.has(addresseeOf(delivery));
    await saveDeliveries(tx, allClears.filter(isNews), hearing.now);
  }
}

/** Told once per cause, and only where somebody wants to hear it: silence leaves no trace. */
async function hearTell(hearing: Hearing, tell: Tell): Promise<void> {
  const { tx, now } = hearing;
  const wasTold = await store.wasEverTold(tx, tell.organisationId, tell.cause);
  const decision = decideAlert(tell, null, { members: new Map(), openStage: null, wasTold });
  if (decision.action !== 'tellOnce') return;
  const content = composeTold(tell.content, tell.at);
  const plan = { ...tell, content, alertId: null, told: decision.told, isUrgent: false };
  const deliveries = await planDeliveries(tx, inContext(hearing, plan));
  if (deliveries.length === 0) return;
  for (const delivery of deliveries) hearing.toldOfRun.add(addresseeOf(delivery));
  const alertId = await store.recordTold(tx, tell);
  await saveDeliveries(
    tx,
    deliveries.map((delivery) => ({ ...delivery, alertId })),
    now,
  );
}

async function deliver(hearing: Hearing, raise: Raise, alert: Pick<StoredAlert, 'id' | 'openedAt'>, told: string): Promise<void> {
  const { tx, now, toldOfRun } = hearing;
  const content = composeRaised(raise.content, alert.openedAt);
  const plan = { ...raise, content, alertId: alert.id, told, severity: 'problem' } as const;
  const deliveries = await planDeliveries(tx, inContext(hearing, plan));
  await saveDeliveries(
    tx,
    deliveries.filter((delivery) => !toldOfRun.has(addresseeOf(delivery))),
    now,
  );
}

function addresseeOf({ channel, recipient }: NewDelivery): string {
  return `${channel}/${recipient?.memberId ?? ''}`;
}

function inContext(
  { now, eventId, connection }: Hearing,
  plan: Omit<DeliveryPlan, 'now' | 'eventId' | 'onRefresh'>,
): DeliveryPlan {
  return { ...plan, now, eventId, onRefresh: connection?.settings.notify.onRefresh ?? null };
}
