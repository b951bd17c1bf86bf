import { lockOrganisation, onlyRow, type Queryable, type Tx } from '#database';
import { writeAudit } from '../audit/audit.js';
import { moveSchedules } from '../links/move-schedules.js';
import type { Actor } from './actor.js';

/** What an organisation asks beyond roles. Both off until somebody switches them on. */
export interface OrganisationPolicies {
  /** Approving a plan with removals, and releasing held removals, takes two people. */
  readonly fourEyesOnRemovals: boolean;
  /** A tenant is connected only by one of its Global Administrators, as the sign-in's token says. */
  readonly connectAsGlobalAdministrator: boolean;
}

export interface OrganisationPatch extends Partial<OrganisationPolicies> {
  readonly name?: string;
  readonly timeZone?: string;
  readonly supportContact?: string | null;
}

const COLUMNS = `four_eyes_on_removals AS "fourEyesOnRemovals", connect_as_global_administrator AS "connectAsGlobalAdministrator"`;

export async function findPolicies(db: Queryable, organisationId: string): Promise<OrganisationPolicies> {
  return onlyRow(
    await db.query<OrganisationPolicies>(`SELECT ${COLUMNS} FROM connections.organisations WHERE id = $1`, [organisationId]),
  );
}

/** Changes what is given, with its entry in the audit, and schedules by its clock with it; nothing is written where nothing differs. */
export async function patchOrganisation(tx: Tx, actor: Actor, patch: OrganisationPatch): Promise<void> {
  await lockOrganisation(tx, actor.organisationId);
  const before = onlyRow(
    await tx.query<Required<OrganisationPatch>>(
      `SELECT name, time_zone AS "timeZone", support_contact AS "supportContact", ${COLUMNS} FROM connections.organisations WHERE id = $1 FOR UPDATE`,
      [actor.organisationId],
    ),
  );
  const after = { ...before, ...patch };
  const changed = (Object.keys(before) as (keyof OrganisationPatch)[]).filter((name) => before[name] !== after[name]);
  if (changed.length === 0) return;
  await tx.query(
    `UPDATE connections.organisations
        SET name = $2, time_zone = $3, four_eyes_on_removals = $4, connect_as_global_administrator = $5, support_contact = $6
      WHERE id = $1`,
    [
      actor.organisationId,
      after.name,
      after.timeZone,
      after.fourEyesOnRemovals,
      after.connectAsGlobalAdministrator,
      after.supportContact,
    ],
  );
  const only = (values: OrganisationPatch) => Object.fromEntries(changed.map((name) => [name, values[name]]));
  await writeAudit(tx, actor, { action: 'organisation.patch', connectionId: null, before: only(before), after: only(after) });
  if (after.timeZone !== before.timeZone) await moveSchedules(tx, actor, before.timeZone, after.timeZone);
}
