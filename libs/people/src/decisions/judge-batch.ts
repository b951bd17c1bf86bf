import type { Tx } from '#database';
import { heldByTrips, judgeRemovals, type GuardTrip } from '../guard/judge-removals.js';
import { findRunTrips } from '../guard/judge-run.js';
import { loadScopeCounts } from '../guard/load-scope-counts.js';
import { createJudge, type Permit } from './create-judge.js';
import { decidePerson, type Reaction } from './decide-person.js';
import { isRemoval, wishId, type EffectWish, type ReactionOrigin } from './effect-wish.js';
import type { BatchMember } from './gather-batch.js';
import type { Rules } from './rules.js';
import { statusOf, type Situation } from './situation.js';

export interface JudgedPerson {
  readonly reaction: Reaction;
  readonly rules: Rules;
}

export interface JudgedBatch {
  readonly people: readonly JudgedPerson[];
  /** Every removal that the guard was asked about, by `wishId`. */
  readonly removals: ReadonlyMap<string, EffectWish>;
  /** By connection. */
  readonly trips: ReadonlyMap<string, readonly GuardTrip[]>;
}

export interface JudgingRequest {
  readonly organisationId: string;
  readonly origin: ReactionOrigin;
  readonly isPermitted: Permit;
  /** The run that asks, whose removals were judged together before; null where none does. */
  readonly runId: string | null;
}

/** Decides about everybody twice: first to learn which removals there would be, then with the guard's verdict on all of them. */
export async function judgeBatch(
  tx: Tx,
  members: readonly BatchMember[],
  request: JudgingRequest,
  now: Date,
): Promise<JudgedBatch> {
  const superAdmins = await loadLiveSuperAdmins(tx, members, request.organisationId);
  const removals = new Map<string, EffectWish>();
  decideAll(members, request, superAdmins, (wish) => {
    if (isRemoval(wish) && !wish.follows) removals.set(wishId(wish), wish);
    return undefined;
  });
  const { codes, trips } = await askGuard(tx, members, [...removals.values()], request.runId, now);
  const people = decideAll(members, request, superAdmins, (wish) => codes.get(wishId(wish)));
  return { people, removals, trips };
}

function decideAll(
  members: readonly BatchMember[],
  { origin, isPermitted }: JudgingRequest,
  superAdmins: ReadonlySet<string>,
  guardCode: (wish: EffectWish) => string | undefined,
): JudgedPerson[] {
  const remaining = new Set(superAdmins);
  return members.map(({ situation, rules }) => {
    const judge = createJudge({
      situation,
      rules,
      asksForReview: origin === 'live',
      isPermitted,
      guardCode: (wish) => (wish.follows ? undefined : guardCode(wish)),
      isLastSuperAdmin: () => takeSuperAdmin(remaining, situation),
    });
    return { rules, reaction: decidePerson(situation, rules, judge) };
  });
}

/** Two super admins who leave together must not both go. */
function takeSuperAdmin(remaining: Set<string>, { account }: Situation): boolean {
  if (account === null || !remaining.has(account.id)) return false;
  if (remaining.size === 1) return true;
  remaining.delete(account.id);
  return false;
}

async function loadLiveSuperAdmins(
  tx: Tx,
  members: readonly BatchMember[],
  organisationId: string,
): Promise<ReadonlySet<string>> {
  const concerned = members.some(
    ({ situation: { account } }) =>
      account !== null && account.roles.includes('superAdmin') && statusOf(account) !== 'deactivated',
  );
  if (!concerned) return new Set();
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM people.accounts WHERE organisation_id = $1 AND 'superAdmin' = ANY (roles) AND status <> 'deactivated'`,
    [organisationId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** By the verdict on the run as a whole first; the rest by what is asked now. */
async function askGuard(
  tx: Tx,
  members: readonly BatchMember[],
  removals: readonly EffectWish[],
  runId: string | null,
  now: Date,
) {
  const codes = new Map<string, string>();
  const trips = new Map<string, readonly GuardTrip[]>();
  for (const connectionId of new Set(removals.map((wish) => wish.connectionId))) {
    const member = members.find(({ situation }) => situation.connectionId === connectionId);
    if (member === undefined) continue;
    const { guard } = member.rules.settings;
    const own = removals.filter((wish) => wish.connectionId === connectionId);
    const whole = heldByTrips(own, await findRunTrips(tx, connectionId, runId));
    const rest = own.filter((wish) => !whole.held.has(wishId(wish)));
    const countsOf = await loadScopeCounts(tx, connectionId, rest, new Date(now.getTime() - guard.windowMinutes * 60_000));
    const verdict = judgeRemovals(rest, countsOf, guard);
    for (const [id, code] of [...whole.held, ...verdict.held]) codes.set(id, code);
    const tripped = [...whole.trips, ...verdict.trips];
    if (tripped.length > 0) trips.set(connectionId, tripped);
  }
  return { codes, trips };
}
