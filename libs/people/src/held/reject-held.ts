import { writeAudit, type Actor } from '#connections';
import { lockOrganisation, type Tx } from '#database';
import { reactTo, type CommandTools } from '../commands/command-tools.js';
import { isRemoval, personId } from '../decisions/effect-wish.js';
import { findDisqualification } from '../decisions/find-disqualification.js';
import { loadSituations } from '../decisions/load-situations.js';
import { RulesBook } from '../decisions/rules-book.js';
import { touchPersons } from '../facts/store-memberships.js';
import { endTrips } from '../guard/end-trips.js';
import { setPins, type NewPin } from '../pins/set-pins.js';
import { onlyConnection } from './release-held.js';
import { closeHeld, type HeldSelection, type SelectedHold } from './select-held.js';

/** Refuses held changes: each is pinned, so that nothing holds it again until the tenant changes the fact. Answers how many. */
export async function rejectHeld(tx: Tx, tools: CommandTools, actor: Actor, selection: HeldSelection): Promise<number> {
  await lockOrganisation(tx, actor.organisationId);
  const now = tools.clock();
  const rejected = await closeHeld(tx, actor.organisationId, selection, { state: 'rejected', by: actor.id, now });
  if (rejected.length === 0) return 0;
  const causes = await findCauses(tx, tools, rejected, now);
  await setPins(
    tx,
    tools,
    actor,
    // A field that was not to be written is asked about again when the directory changes it again.
    rejected.filter(({ action }) => action !== 'update').map((hold) => pinOf(hold, causes.get(personId(hold)) ?? null)),
  );
  await touchPersons(tx, actor.organisationId, rejected, now);
  await reactTo(tx, tools, actor, rejected, { origin: 'live' });
  await endTrips(tx, tools, actor.organisationId, rejected);
  await writeAudit(tx, actor, {
    action: 'held-changes.reject',
    connectionId: onlyConnection(rejected),
    before: null,
    after: { ids: rejected.map(({ id }) => id) },
  });
  return rejected.length;
}

/** Why each person would be out; a pin covers this cause and no other. */
async function findCauses(tx: Tx, tools: CommandTools, holds: readonly SelectedHold[], now: Date): Promise<Map<string, string>> {
  const book = new RulesBook(tx, tools.context);
  const causes = new Map<string, string>();
  for (const situation of await loadSituations(tx, holds, now)) {
    const known = await book.of(situation.connectionId);
    const cause = known === null ? null : findDisqualification(situation, known.rules);
    causes.set(personId(situation), cause ?? 'NOT_IN_SCOPE');
  }
  return causes;
}

function pinOf(hold: SelectedHold, cause: string | null): NewPin {
  const { connectionId, entraObjectId, groupId, action } = hold;
  const keep = isRemoval(hold) ? 'in' : 'out';
  return { connectionId, entraObjectId, groupId, keep, causeCode: action === 'deactivate' ? cause : null, reason: 'REJECTED' };
}
