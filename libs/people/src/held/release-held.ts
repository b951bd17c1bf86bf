import { writeAudit, type Actor } from '#connections';
import { lockOrganisation, type Tx } from '#database';
import { reactTo, type CommandTools } from '../commands/command-tools.js';
import { wishId } from '../decisions/effect-wish.js';
import { endTrips } from '../guard/end-trips.js';
import { closeHeld, type HeldSelection } from './select-held.js';

/**
 * Lets held changes happen, past guard and review; the caller has checked that the actor may. What the directory took back meanwhile
 * just ends. A protected account and the last super admin stay, and are held again. Answers how many were released.
 */
export async function releaseHeld(tx: Tx, tools: CommandTools, actor: Actor, selection: HeldSelection): Promise<number> {
  await lockOrganisation(tx, actor.organisationId);
  const now = tools.clock();
  const released = await closeHeld(tx, actor.organisationId, selection, { state: 'released', by: actor.id, now });
  if (released.length === 0) return 0;
  const permitted = new Set(released.map((hold) => wishId(hold)));
  await reactTo(tx, tools, actor, released, { origin: 'person', isPermitted: (wish) => permitted.has(wishId(wish)) });
  const heldAgain = await tx.query<{ id: string }>(
    `SELECT again.id FROM people.held_changes again JOIN people.held_changes before USING (connection_id, entra_object_id, action)
      WHERE before.id = ANY ($1::uuid[]) AND again.group_id IS NOT DISTINCT FROM before.group_id AND again.state = 'open'`,
    [released.map(({ id }) => id)],
  );
  await endTrips(tx, tools, actor.organisationId, released);
  const after = { ids: released.map(({ id }) => id), heldAgain: heldAgain.length };
  await writeAudit(tx, actor, { action: 'held-changes.release', connectionId: onlyConnection(released), before: null, after });
  return released.length - heldAgain.length;
}

export function onlyConnection(holds: readonly { readonly connectionId: string }[]): string | null {
  const connections = new Set(holds.map(({ connectionId }) => connectionId));
  const [only] = connections;
  return connections.size === 1 && only !== undefined ? only : null;
}
