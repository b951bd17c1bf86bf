import type { Actor } from '#connections';
import { lockOrganisation, type Tx } from '#database';
import { saveAccounts, type PlannedAccount } from '../accounts/save-accounts.js';
import { personId } from '../decisions/effect-wish.js';
import { loadSituations } from '../decisions/load-situations.js';
import { reactToPeople, type ReactionTools } from '../decisions/react-to-people.js';
import { RulesBook } from '../decisions/rules-book.js';
import type { AccountRow, Situation } from '../decisions/situation.js';
import { touchPersons } from '../facts/store-memberships.js';
import { noTimes, type AccountEffect, type EffectCause } from '../journal/effect.js';
import { recordEffects } from '../journal/record-effects.js';
import { recordPlanOutcomes, type PlannedItem } from '../plans/admit-planned.js';
import { accountAfter } from './account-after.js';
import { pinUndone } from './pin-undone.js';
import type { PersonReversal, Reversal } from './reverse-effects.js';
import { settleUndoAddresses } from './settle-undo-addresses.js';
import { spareLastSuperAdmin } from './spare-last-super-admin.js';

/** What was approved for one person. */
export interface ApprovedReversal {
  readonly entraObjectId: string;
  readonly expectedRevision: number;
  readonly lines: readonly (Reversal & { readonly changeId: string })[];
}

export interface UndoRequest {
  readonly connectionId: string;
  /** The run of kind undo. */
  readonly runId: string;
  readonly people: readonly ApprovedReversal[];
}

/** In whose name it is undone. */
export type UndoActor = Pick<Actor, 'id' | 'organisationId'>;

/**
 * Takes back what was approved, in the caller's transaction: accounts, grants, fields, journal, events, and the pins that keep live
 * sync from doing the same again. Whoever moved since the plan was computed is stale and stays as they are; so does whoever's old
 * address belongs to somebody else by now. What is undone counts for nothing in the guard. Answers how many people were changed.
 */
export async function applyUndo(tx: Tx, tools: ReactionTools, actor: UndoActor, request: UndoRequest): Promise<number> {
  const { organisationId } = actor;
  const { connectionId, runId } = request;
  await lockOrganisation(tx, organisationId);
  const now = tools.clock();
  const known = await new RulesBook(tx, tools.context).of(connectionId);
  const keys = request.people.map(({ entraObjectId }) => ({ connectionId, entraObjectId }));
  const situations = new Map((await loadSituations(tx, keys, now)).map((situation) => [situation.entraObjectId, situation]));
  const current = request.people.flatMap(({ entraObjectId, expectedRevision, lines }) => {
    const situation = situations.get(entraObjectId);
    const holds = situation !== undefined && situation.account !== null && situation.revision === expectedRevision;
    return holds && known !== null ? [{ situation, reversal: { reversals: lines, leftOut: [] } }] : [];
  });
  const spared = await spareLastSuperAdmin(tx, organisationId, current);
  const { settled, givenUp } = await settleUndoAddresses(tx, organisationId, spared);
  const undone = spared.filter(
    ({ situation, reversal }) => reversal.reversals.length > 0 && settled.has(situation.entraObjectId),
  );
  const changed = undone.map(({ situation }) => ({ connectionId, entraObjectId: situation.entraObjectId }));
  await saveAccounts(
    tx,
    undone.map((person) => planReversal(person, givenUp)),
    now,
  );
  await touchPersons(tx, organisationId, changed, now);
  const cause: EffectCause = { cause: { kind: 'run', id: runId }, runId, times: noTimes };
  await recordEffects(tx, undone.flatMap(effectsOf), cause, { now, newId: tools.newId });
  if (known !== null && changed.length > 0) {
    await pinUndone(tx, tools, actor, undone, known.rules);
    await reactToPeople(tx, tools, { ...cause, organisationId, people: changed, origin: 'person', isPermitted: () => false });
  }
  const done = new Set(changed.map(personId));
  const items = request.people.flatMap(({ entraObjectId, expectedRevision, lines }) =>
    lines.map(({ changeId }): PlannedItem => ({ connectionId, entraObjectId, plan: { changeId, expectedRevision } })),
  );
  await recordPlanOutcomes(tx, { organisationId, runId }, items, (item) => (done.has(personId(item)) ? 'applied' : 'stale'), now);
  return changed.length;
}

interface Undone {
  readonly situation: Situation;
  readonly reversal: PersonReversal;
}

function planReversal({ situation, reversal: { reversals } }: Undone, givenUp: ReadonlySet<string>): PlannedAccount {
  const { organisationId, connectionId, entraObjectId } = situation;
  const before = accountOf(situation);
  const after = accountAfter(before, reversals);
  const groups = (type: Reversal['type']) => reversals.flatMap((line) => (line.type === type ? (line.groupId ?? []) : []));
  return {
    organisationId,
    connectionId,
    entraObjectId,
    change: {
      isNew: false,
      isChanged: true,
      account: givenUp.has(before.id) ? { ...after, claim: null } : after,
      granted: groups('rollcall.membership.granted'),
      revoked: groups('rollcall.membership.revoked'),
      effects: [],
    },
  };
}

function effectsOf({ situation, reversal }: Undone): AccountEffect[] {
  const { organisationId, connectionId, entraObjectId, revision } = situation;
  const accountId = accountOf(situation).id;
  return reversal.reversals.map(({ type, groupId, before, after }) => ({
    organisationId,
    connectionId,
    accountId,
    entraObjectId,
    groupId,
    type,
    before: before === null ? null : { ...before },
    after: after === null ? null : { ...after },
    revision: revision + 1,
    guardGroupIds: null,
  }));
}

function accountOf({ account, entraObjectId }: Situation): AccountRow {
  if (account === null) throw new Error(`${entraObjectId} has no account`);
  return account;
}
