import { describe, expect, it } from 'vitest';
import { connectionsMigrations, listAudit, writeAudit } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';

const database = withDatabase([connectionsMigrations]);

describe('the audit', () => {
  it('cannot be changed or deleted, not even by its owner', async () => {
    const actor = await makeOrganisation(database.db);
    await writeAudit(database.db, actor, { action: 'test', connectionId: null, before: null, after: { a: 1 } });
    for (const statement of [
      `UPDATE connections.audit SET action = 'x'`,
      'DELETE FROM connections.audit',
      'TRUNCATE connections.audit',
    ]) {
      await expect(database.db.query(statement)).rejects.toThrow('append-only');
    }
  });

  it('lists newest first, page by page, and only of the own organisation (invariant 9)', async () => {
    const actor = await makeOrganisation(database.db);
    const stranger = await makeOrganisation(database.db);
    for (const action of ['one', 'two', 'three'])
      await writeAudit(database.db, actor, { action, connectionId: null, before: null, after: null });
    const first = await listAudit(database.db, actor.organisationId, { limit: 2 });
    const second = await listAudit(database.db, actor.organisationId, { limit: 2, beforeId: first[1]!.id });
    expect([...first, ...second].map(({ action }) => action)).toEqual(['three', 'two', 'one']);
    expect(await listAudit(database.db, stranger.organisationId, { limit: 10 })).toEqual([]);
  });
});
