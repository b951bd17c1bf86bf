import { randomUUID } from 'node:crypto';
import type { EffectType, MemberType, UserAttributes } from '#contracts';
import type { Tx } from '#database';
import { givesUpAddress, planAccountChange } from '../accounts/plan-account-change.js';
import type { PeopleContext } from '../context.js';
import { personId, type HeldWish } from '../decisions/effect-wish.js';
import { judgeBatch, type JudgedPerson } from '../decisions/judge-batch.js';
import { loadSituations } from '../decisions/load-situations.js';
import { addressWishes, resolveAddresses, wantedAddress } from '../decisions/resolve-addresses.js';
import { RulesBook } from '../decisions/rules-book.js';
import type { Situation } from '../decisions/situation.js';
import type { UserState } from '../facts/decide-user-fact.js';

/** Facts that somebody found and that are not stored: what would be true of a person if they were. */
export interface SupposedFacts {
  readonly entraObjectId: string;
  readonly userState?: UserState;
  readonly attributes?: UserAttributes;
  readonly memberships: readonly { readonly groupId: string; readonly memberType: MemberType; readonly present: boolean }[];
}

export interface PredictedEffect {
  readonly type: EffectType;
  readonly groupId: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

export interface Prediction {
  readonly entraObjectId: string;
  /** The revision that the prediction was computed from; 0 for somebody unknown. */
  readonly revision: number;
  readonly accountId: string | null;
  readonly displayName: string | null;
  readonly effects: readonly PredictedEffect[];
  /** What protection keeps from being done. */
  readonly held: readonly HeldWish[];
  /** Why the person gets or has no live account; null where all is well. */
  readonly skipCode: string | null;
}

export interface PredictionRequest {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly people: readonly SupposedFacts[];
  readonly settleMs: number;
  readonly now: Date;
  /** Addresses that people of earlier batches of the same plan would take, by address; those of this batch are added. */
  readonly takenAddresses: Map<string, string>;
}

/**
 * What provisioning would do if these facts were stored and a person had allowed it all: the same decision function, over the same
 * situation, and nothing is written. The guard and open holds are not asked: they answer when the change is applied.
 */
export async function predictEffects(
  tx: Tx,
  context: Pick<PeopleContext, 'connectionOf'>,
  request: PredictionRequest,
): Promise<Prediction[]> {
  const known = await new RulesBook(tx, context).of(request.connectionId);
  if (known === null) return [];
  const { rules } = known;
  const situations = await supposeSituations(tx, request);
  const members = situations.map((situation) => ({ situation, rules }));
  const judging = { organisationId: request.organisationId, origin: 'run', isPermitted: () => true, runId: null } as const;
  const { people } = await judgeBatch(tx, members, judging, request.now);
  const fulfilled = await fulfilledAddresses(tx, people, request);
  return people.map((person) => predict(person, fulfilled));
}

function predict({ reaction, rules }: JudgedPerson, fulfilled: ReadonlySet<string>): Prediction {
  const { situation } = reaction;
  const wanted = wantedAddress(reaction, rules);
  const hasAddress = wanted === null || wanted === situation.account?.claim || fulfilled.has(holderId(situation));
  const change = planAccountChange(reaction, { rules, newAccountId: randomUUID(), hasAddress, guardGroups: () => null });
  return {
    entraObjectId: situation.entraObjectId,
    revision: situation.revision,
    accountId: situation.account?.id ?? null,
    displayName: situation.attributes.displayName ?? situation.account?.displayName ?? null,
    effects: (change?.effects ?? []).map(({ type, groupId, before, after }) => ({ type, groupId, before, after })),
    held: reaction.held,
    skipCode: hasAddress ? reaction.skipCode : 'EMAIL_CONFLICT',
  };
}

async function fulfilledAddresses(
  tx: Tx,
  people: readonly JudgedPerson[],
  { organisationId, takenAddresses }: PredictionRequest,
): Promise<ReadonlySet<string>> {
  const wishes = addressWishes(people).filter(({ id, wanted }) => (takenAddresses.get(wanted) ?? id) === id);
  const givenUp = people
    .filter(({ reaction }) =>
      givesUpAddress(reaction, reaction.deactivate !== null || reaction.situation.account?.isOut === true),
    )
    .flatMap(({ reaction }) => reaction.situation.account?.id ?? []);
  const fulfilled = await resolveAddresses(tx, organisationId, wishes, new Set(givenUp));
  for (const { id, wanted } of wishes) if (fulfilled.has(id)) takenAddresses.set(wanted, id);
  return fulfilled;
}

async function supposeSituations(tx: Tx, request: PredictionRequest): Promise<Situation[]> {
  const { organisationId, connectionId, people } = request;
  const keys = people.map(({ entraObjectId }) => ({ connectionId, entraObjectId }));
  const stored = await loadSituations(tx, keys, new Date(request.now.getTime() - request.settleMs));
  const byId = new Map(stored.map((situation) => [situation.entraObjectId, situation]));
  return people.map((facts) => suppose(byId.get(facts.entraObjectId) ?? stranger(organisationId, connectionId, facts), facts));
}

function suppose(situation: Situation, { userState, attributes, memberships }: SupposedFacts): Situation {
  const named = new Set(memberships.map(({ groupId }) => groupId));
  const version = { readNo: Number.MAX_SAFE_INTEGER, page: 0 };
  return {
    ...situation,
    userState: userState ?? situation.userState,
    attributes: { ...situation.attributes, ...attributes },
    unreadable: attributes === undefined ? situation.unreadable : false,
    memberships: [
      ...situation.memberships.filter(({ groupId }) => !named.has(groupId)),
      ...memberships.map((membership) => ({ ...membership, version })),
    ],
  };
}

function stranger(organisationId: string, connectionId: string, { entraObjectId }: SupposedFacts): Situation {
  return {
    organisationId,
    connectionId,
    entraObjectId,
    revision: 0,
    userState: null,
    attributes: {},
    unreadable: false,
    userVersion: { readNo: 0, page: 0 },
    skipCode: null,
    waitingEmail: null,
    memberships: [],
    account: null,
    grants: [],
    pins: [],
    held: [],
  };
}

const holderId = (situation: Situation): string => situation.account?.id ?? personId(situation);
