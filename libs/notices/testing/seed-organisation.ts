import { addMember, createConnection, type Actor, type NewConnection, type Role } from '#connections';
import { buildNewConnection, testSecretBox } from '#connections/testing';
import { onlyRow, type Database } from '#database';

export interface SeededOrganisation {
  readonly organisationId: string;
  readonly connectionId: string;
  /** Its one super admin at first, Ada. */
  readonly adminId: string;
  readonly actor: Actor;
  addMember(role: Role, displayName: string, email?: string | null): Promise<string>;
}

/** An organisation of its own with a super admin, who has a mail address, and the connection "Contoso". */
export async function seedOrganisation(db: Database, overrides: Partial<NewConnection> = {}): Promise<SeededOrganisation> {
  const { id: organisationId } = onlyRow(
    await db.query<{ id: string }>(`INSERT INTO connections.organisations (name) VALUES ('Contoso Ltd') RETURNING id`),
  );
  const add = (role: Role, displayName: string, email: string | null = `${displayName.toLowerCase()}@example.com`) =>
    addMember(db, { organisationId, displayName, email, role });
  const adminId = await add('superAdmin', 'Ada');
  const actor: Actor = { kind: 'person', id: adminId, organisationId, role: 'superAdmin' };
  const { id: connectionId } = await db.transaction((tx) =>
    createConnection(tx, actor, buildNewConnection(overrides), testSecretBox()),
  );
  return { organisationId, connectionId, adminId, actor, addMember: add };
}
