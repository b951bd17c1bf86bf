import { writeAudit, type Actor } from '#connections';
import { lockOrganisation, type Tx } from '#database';
import { reactTo, type CommandTools } from '../commands/command-tools.js';
import { PinNotFoundError } from '../errors.js';
import { touchPersons } from '../facts/store-memberships.js';

/** Ends a pin by hand: sync brings the person to what the directory says, through the guard. */
export async function liftPin(tx: Tx, tools: CommandTools, actor: Actor, pinId: string): Promise<void> {
  await lockOrganisation(tx, actor.organisationId);
  const now = tools.clock();
  const [pin] = await tx.query<{ connection_id: string; entra_object_id: string; group_id: string | null }>(
    `UPDATE people.pins SET state = 'lifted', closed_at = $3, closed_by = $4
      WHERE organisation_id = $1 AND id = $2 AND state = 'open' RETURNING connection_id, entra_object_id, group_id`,
    [actor.organisationId, pinId, now, actor.id],
  );
  if (pin === undefined) throw new PinNotFoundError(pinId);
  const person = { connectionId: pin.connection_id, entraObjectId: pin.entra_object_id };
  const before = { pinId, groupId: pin.group_id, entraObjectId: pin.entra_object_id };
  await writeAudit(tx, actor, { action: 'pin.lift', connectionId: pin.connection_id, before, after: null });
  await touchPersons(tx, actor.organisationId, [person], now);
  await reactTo(tx, tools, actor, [person], { origin: 'live' });
}
