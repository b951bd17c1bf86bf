import { addMember, type Actor, type Role } from '#connections';
import { onlyRow, type Database } from '#database';

/** A fresh organisation with one member, who is the actor of the test. */
export async function makeOrganisation(db: Database, role: Role = 'superAdmin'): Promise<Actor> {
  const { id: organisationId } = onlyRow(
    await db.query<{ id: string }>(`INSERT INTO connections.organisations (name) VALUES ('An organisation') RETURNING id`),
  );
  const id = await addMember(db, { organisationId, displayName: 'Adele Vance', email: null, role });
  return { kind: 'person', id, organisationId, role };
}
