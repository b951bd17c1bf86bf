import type { Cause } from '#contracts';
import { lockOrganisation, type Tx } from '#database';
import { decidePerson } from '../decisions/decide-person.js';
import { applied } from '../decisions/effect-wish.js';
import { loadSituations } from '../decisions/load-situations.js';
import { reactToPeople, type ReactionCounts, type ReactionTools } from '../decisions/react-to-people.js';
import { RulesBook } from '../decisions/rules-book.js';
import type { Rules } from '../decisions/rules.js';
import type { PersonKey, Situation } from '../decisions/situation.js';
import { compareHolds } from '../held/save-held-changes.js';
import { markDecided } from './decided-connections.js';
import { noTimes } from '../journal/effect.js';

/** People read at once while looking for those whose decision would change. */
const CHUNK = 2_000;

/**
 * Decides anew about everybody of a connection, because its settings, scope or state changed: one judgement of the guard over all
 * removals that follow. Only people who differ are kept in memory. Null where effects are not wanted now, or the connection is gone.
 */
export async function redecideConnection(
  tx: Tx,
  tools: ReactionTools,
  {
    organisationId,
    connectionId,
    cause,
  }: { readonly organisationId: string; readonly connectionId: string; readonly cause: Cause },
): Promise<ReactionCounts | null> {
  await lockOrganisation(tx, organisationId);
  const known = await new RulesBook(tx, tools.context).of(connectionId);
  if (known === null || known.connection.organisationId !== organisationId) return null;
  await markDecided(tx, known.connection, tools.clock());
  if (!known.connection.effects.live) return null;
  const differing = await findDiffering(tx, tools, connectionId, known.rules);
  const request = {
    organisationId,
    people: differing,
    origin: 'live',
    isPermitted: () => false,
    cause,
    runId: null,
    times: noTimes,
  } as const;
  const counts = await reactToPeople(tx, tools, request);
  await tx.query('UPDATE people.persons SET deferred = false WHERE connection_id = $1 AND deferred', [connectionId]);
  return counts;
}

/** Everybody of whom the rules want anything that is not so, read in chunks. */
export async function findDiffering(
  tx: Tx,
  tools: Pick<ReactionTools, 'clock' | 'settleMs'>,
  connectionId: string,
  rules: Rules,
): Promise<PersonKey[]> {
  const differing: PersonKey[] = [];
  const overtakenSince = new Date(tools.clock().getTime() - tools.settleMs);
  for (let after: string | null = null; ;) {
    const rows: { id: string }[] = await tx.query<{ id: string }>(NEXT, [connectionId, after, CHUNK]);
    const keys = rows.map(({ id }) => ({ connectionId, entraObjectId: id }));
    const situations = await loadSituations(tx, keys, overtakenSince);
    differing.push(...situations.filter((situation) => wouldChange(situation, rules)).map(keyOf));
    after = rows.at(-1)?.id ?? null;
    if (rows.length < CHUNK) return differing;
  }
}

/** Whether the rules want anything that is not so; an open hold that is still wanted is no change. */
function wouldChange(situation: Situation, rules: Rules): boolean {
  const reaction = decidePerson(situation, rules, () => applied);
  const wantsEffect =
    reaction.create ||
    reaction.reactivate ||
    reaction.deactivate !== null ||
    Object.keys(reaction.fields).length + reaction.grants.length + reaction.revocations.length > 0;
  return (
    wantsEffect ||
    reaction.overtakenPins.length > 0 ||
    compareHolds(reaction).voided.length > 0 ||
    reaction.skipCode !== situation.skipCode
  );
}

const keyOf = ({ connectionId, entraObjectId }: Situation): PersonKey => ({ connectionId, entraObjectId });

const NEXT = `
  SELECT entra_object_id AS id FROM people.persons
   WHERE connection_id = $1 AND ($2::uuid IS NULL OR entra_object_id > $2) ORDER BY entra_object_id LIMIT $3`;
