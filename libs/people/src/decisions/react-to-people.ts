import type { Clock, ProblemCode, RetryAdvice } from '#contracts';
import type { Tx } from '#database';
import { planAccountChange, givesUpAddress } from '../accounts/plan-account-change.js';
import { saveAccounts, type PlannedAccount } from '../accounts/save-accounts.js';
import type { PeopleContext } from '../context.js';
import { endTrips } from '../guard/end-trips.js';
import { raiseTrips } from '../guard/raise-trips.js';
import { compareHolds, openHeldChanges, voidHeldChanges, type NewHold, type VoidedHold } from '../held/save-held-changes.js';
import type { AccountEffect, EffectCause } from '../journal/effect.js';
import { recordEffects } from '../journal/record-effects.js';
import { overtakePins } from '../pins/close-pins.js';
import { judgeBatch, type JudgedBatch, type JudgedPerson } from './judge-batch.js';
import type { Permit } from './create-judge.js';
import { personId, wishId, type ReactionOrigin } from './effect-wish.js';
import { gatherBatch } from './gather-batch.js';
import { addressWishes, resolveAddresses, wantedAddress } from './resolve-addresses.js';
import { RulesBook } from './rules-book.js';
import { deferPersons, savePersons, type PersonState } from './save-persons.js';
import type { PersonKey } from './situation.js';

export interface ReactionTools {
  readonly context: Pick<PeopleContext, 'connectionOf'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly settleMs: number;
}

export interface ReactionRequest extends EffectCause {
  readonly organisationId: string;
  readonly people: readonly PersonKey[];
  readonly origin: ReactionOrigin;
  readonly isPermitted: Permit;
  /** Whether an effect may come about at all: a plan was approved with these and no others. Absent: every one. */
  readonly isPredicted?: (effect: AccountEffect) => boolean;
}

export interface ReactionCounts {
  readonly created: number;
  readonly updated: number;
  readonly deactivated: number;
  readonly reactivated: number;
  readonly granted: number;
  readonly revoked: number;
  readonly held: number;
  readonly skipped: number;
  readonly deferred: number;
  /** `personId` of everybody of whom something was newly held. */
  readonly heldPeople: ReadonlySet<string>;
}

/** The rules want effects that the plan does not have: nothing was written, and the people are stale (invariant 6). */
export class UnpredictedEffectsError extends Error {
  readonly code: ProblemCode = 'PLAN_STALE';
  readonly retry: RetryAdvice = 'never';
  /** `people` are `personId`s. */
  constructor(readonly people: ReadonlySet<string>) {
    super(`the plan does not hold any more for ${people.size} people`);
    this.name = 'UnpredictedEffectsError';
  }
}

/**
 * Brings accounts and grants of these people to what the rules make of the facts now: reads their situation, decides, lets the
 * guard judge all removals together, and writes accounts, journal and events. The caller holds the organisation lock. Called
 * again without new facts it does nothing. Throws `UnpredictedEffectsError` before the first write to accounts.
 */
export async function reactToPeople(tx: Tx, tools: ReactionTools, request: ReactionRequest): Promise<ReactionCounts> {
  const now = tools.clock();
  const book = new RulesBook(tx, tools.context);
  const gathered = await gatherBatch(tx, book, request, new Date(now.getTime() - tools.settleMs));
  await deferPersons(tx, gathered.deferred);
  const judged = await judgeBatch(tx, gathered.members, request, now);
  const outcome = await settleAddresses(tx, tools, request, judged);
  if (request.isPredicted !== undefined) demandPredicted(outcome.effects, request.isPredicted);
  await saveAccounts(tx, outcome.accounts, now);
  await openHeldChanges(tx, outcome.opened, now, tools.newId);
  await voidHeldChanges(tx, outcome.voided, request, now);
  if (outcome.voided.length > 0)
    await endTrips(
      tx,
      tools,
      request.organisationId,
      gathered.members.map(({ situation }) => situation),
    );
  await overtakePins(tx, outcome.overtakenPins, now);
  await savePersons(tx, outcome.persons, now);
  for (const [connectionId, trips] of judged.trips)
    await raiseTrips(tx, request.organisationId, connectionId, trips, { now, newId: tools.newId });
  await recordEffects(tx, outcome.effects, request, { now, newId: tools.newId });
  return countOutcome(outcome, gathered.deferred.length);
}

function demandPredicted(effects: readonly AccountEffect[], isPredicted: (effect: AccountEffect) => boolean): void {
  const strayed = effects.filter((effect) => effect.type !== 'rollcall.membership.held' && !isPredicted(effect));
  if (strayed.length > 0) throw new UnpredictedEffectsError(new Set(strayed.map(personId)));
}

interface Outcome {
  readonly accounts: PlannedAccount[];
  readonly effects: AccountEffect[];
  readonly opened: NewHold[];
  readonly voided: VoidedHold[];
  readonly overtakenPins: string[];
  readonly persons: PersonState[];
}

/** Settles who gets which address and turns each reaction into the rows that are written. */
async function settleAddresses(tx: Tx, tools: ReactionTools, request: ReactionRequest, judged: JudgedBatch): Promise<Outcome> {
  const wishes = addressWishes(judged.people);
  const givenUp = new Set(
    judged.people
      .filter(({ reaction }) =>
        givesUpAddress(reaction, reaction.deactivate !== null || reaction.situation.account?.isOut === true),
      )
      .flatMap(({ reaction }) => reaction.situation.account?.id ?? []),
  );
  const fulfilled = await resolveAddresses(tx, request.organisationId, wishes, givenUp);
  const outcome: Outcome = { accounts: [], effects: [], opened: [], voided: [], overtakenPins: [], persons: [] };
  for (const person of judged.people) addPerson(outcome, person, fulfilled, judged, request, tools);
  return outcome;
}

function addPerson(
  outcome: Outcome,
  { reaction, rules }: JudgedPerson,
  fulfilled: ReadonlySet<string>,
  judged: JudgedBatch,
  request: ReactionRequest,
  tools: ReactionTools,
): void {
  const { situation } = reaction;
  const wanted = wantedAddress(reaction, rules);
  const hasAddress =
    wanted === null || wanted === situation.account?.claim || fulfilled.has(situation.account?.id ?? personId(situation));
  const change = planAccountChange(reaction, {
    rules,
    newAccountId: tools.newId(),
    hasAddress,
    guardGroups: ({ action, groupId }) => {
      const wish = judged.removals.get(wishId({ ...situation, action, groupId }));
      return wish === undefined || request.isPermitted(wish) ? null : wish.losesGroups;
    },
  });
  const holds = compareHolds(reaction);
  const revision = situation.revision + 1;
  const heldEffects =
    change === null
      ? []
      : holds.opened.map(({ action, groupId, code }) => heldEffect(reaction, change.account.id, action, groupId, code, revision));
  if (change !== null && (change.isNew || change.isChanged || change.granted.length + change.revoked.length > 0)) {
    const { organisationId, connectionId, entraObjectId } = situation;
    outcome.accounts.push({ organisationId, connectionId, entraObjectId, change });
  }
  outcome.effects.push(...(change?.effects ?? []), ...heldEffects);
  outcome.opened.push(...holds.opened);
  outcome.voided.push(...holds.voided);
  outcome.overtakenPins.push(...reaction.overtakenPins);
  outcome.persons.push({
    connectionId: situation.connectionId,
    entraObjectId: situation.entraObjectId,
    skipCode: hasAddress ? reaction.skipCode : 'EMAIL_CONFLICT',
    waitingEmail: hasAddress ? null : wanted,
    isRevised: (change?.effects.length ?? 0) > 0 || holds.opened.length + holds.voided.length + reaction.overtakenPins.length > 0,
  });
}

function heldEffect(
  { situation }: JudgedPerson['reaction'],
  accountId: string,
  action: string,
  groupId: string | null,
  code: string,
  revision: number,
): AccountEffect {
  const { organisationId, connectionId, entraObjectId } = situation;
  const before = { action, held: false };
  const after = { action, held: true, code };
  const type = 'rollcall.membership.held';
  return { organisationId, connectionId, accountId, entraObjectId, groupId, type, before, after, revision, guardGroupIds: null };
}

function countOutcome({ effects, persons, opened }: Outcome, deferred: number): ReactionCounts {
  const people = (type: AccountEffect['type']) => new Set(effects.filter((effect) => effect.type === type).map(personId)).size;
  const heldPeople = new Set(opened.map(({ reaction }) => personId(reaction.situation)));
  return {
    created: people('rollcall.account.created'),
    updated: people('rollcall.account.updated'),
    deactivated: people('rollcall.account.deactivated'),
    reactivated: people('rollcall.account.reactivated'),
    granted: people('rollcall.membership.granted'),
    revoked: people('rollcall.membership.revoked'),
    held: heldPeople.size,
    skipped: persons.filter(({ skipCode }) => skipCode !== null).length,
    deferred,
    heldPeople,
  };
}
