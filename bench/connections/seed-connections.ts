import { randomBytes, randomUUID } from 'node:crypto';
import { addMember, createConnection, enableConnection, SecretBox, type Actor } from '#connections';
import { defaultConnectionSettings } from '#contracts';
import { onlyRow, type Database, type Tx } from '#database';

const TOGETHER = 100;

/** So many organisations with one super admin and one enabled connection each, which watches one group. */
export async function seedConnections(db: Database, count: number): Promise<void> {
  const secretBox = SecretBox.fromText(randomBytes(32).toString('base64'));
  for (let from = 0; from < count; from += TOGETHER) {
    await db.transaction(async (tx) => {
      for (let each = from; each < Math.min(count, from + TOGETHER); each += 1) await seedOne(tx, secretBox);
    });
  }
}

async function seedOne(tx: Tx, secretBox: SecretBox): Promise<void> {
  const { id: organisationId } = onlyRow(
    await tx.query<{ id: string }>(`INSERT INTO connections.organisations (name) VALUES ('An organisation') RETURNING id`),
  );
  const id = await addMember(tx, { organisationId, displayName: 'Adele Vance', email: null, role: 'superAdmin' });
  const actor: Actor = { kind: 'person', id, organisationId, role: 'superAdmin' };
  const connection = await createConnection(
    tx,
    actor,
    {
      name: 'A tenant',
      tenantId: randomUUID(),
      clientId: randomUUID(),
      cloud: 'global',
      credential: { clientSecret: 'not asked of anybody', expiresAt: null },
      settings: defaultConnectionSettings,
      watchedGroups: [{ id: randomUUID(), displayName: 'Staff' }],
    },
    secretBox,
  );
  await enableConnection(tx, actor, connection.id);
}

/** All chains have their link and were read within the last interval, evenly; nothing is due. */
export async function putAtRest(db: Database, intervalMs: number): Promise<void> {
  await db.query(
    `UPDATE watch.chains SET link = 'https://graph.microsoft.com/v1.0/groups/delta?$deltatoken=at-rest', read_seq = claimed_seq,
       read_at = now() - random() * $1::bigint * interval '1 millisecond' * 0.5, lease_owner = NULL, lease_until = NULL`,
    [intervalMs],
  );
  await db.query(`UPDATE watch.watched_connections SET claimed_at = now() - random() * interval '5 minutes'`);
  await db.query('UPDATE watch.due_marks SET unread = false');
  await db.query('DELETE FROM watch.baselines');
  await db.query('VACUUM ANALYZE');
}
