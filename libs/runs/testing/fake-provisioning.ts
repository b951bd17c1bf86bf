import { membershipsChangedV1, usersChangedV1, type Envelope } from '#contracts';
import type { Database, Tx } from '#database';

/**
 * Provisioning as a run sees it: takes the pages out of the outbox in their order, stores the facts, and answers each page. It
 * decides nothing; `handled` keeps every item with the version that it carried.
 */
export class FakeProvisioning {
  readonly handled: { readonly fact: string; readonly version: unknown }[] = [];
  pages = 0;
  largestBacklog = 0;

  constructor(private readonly db: Database) {}

  async drain(): Promise<void> {
    const rows = await this.db.query<{ id: number; value: Buffer }>(
      `SELECT id, value FROM messaging.outbox WHERE topic = 'directory.changes.v1' ORDER BY id`,
    );
    this.largestBacklog = Math.max(this.largestBacklog, rows.length);
    for (const { id, value } of rows) {
      await this.db.transaction(async (tx) => {
        await this.handle(tx, JSON.parse(value.toString()) as Envelope);
        await tx.query('DELETE FROM messaging.outbox WHERE id = $1', [id]);
      });
    }
  }

  private async handle(tx: Tx, event: Envelope): Promise<void> {
    this.pages += 1;
    if (event.type === usersChangedV1.type) await this.storePeople(tx, usersChangedV1.data.parse(event.data));
    if (event.type === membershipsChangedV1.type) await this.storeMemberships(tx, membershipsChangedV1.data.parse(event.data));
    const { organisationId, connectionId, runId } = event.data as Record<string, string>;
    await tx.query(
      `INSERT INTO people.run_pages (organisation_id, connection_id, run_id, event_id, counts, applied_at)
       VALUES ($1, $2, $3, $4, '{}', now())`,
      [organisationId, connectionId, runId, event.id],
    );
  }

  private async storePeople(tx: Tx, page: ReturnType<typeof usersChangedV1.data.parse>): Promise<void> {
    for (const { id, attributes, version } of page.users) {
      this.handled.push({ fact: id, version });
      await tx.query(
        `INSERT INTO people.persons (organisation_id, connection_id, entra_object_id, revision, user_state, attributes, user_read_no, user_page, updated_at)
         VALUES ($1, $2, $3, 1, 'present', $4, $5, $6, now())
         ON CONFLICT (connection_id, entra_object_id) DO UPDATE SET revision = people.persons.revision + 1,
           attributes = people.persons.attributes || EXCLUDED.attributes, user_read_no = EXCLUDED.user_read_no, user_page = EXCLUDED.user_page`,
        [
          page.organisationId,
          page.connectionId,
          id,
          attributes ?? {},
          version?.readNo ?? page.readNo,
          version?.page ?? page.page,
        ],
      );
    }
  }

  private async storeMemberships(tx: Tx, page: ReturnType<typeof membershipsChangedV1.data.parse>): Promise<void> {
    for (const { memberId, memberType, change, version } of page.items) {
      this.handled.push({ fact: `${page.groupId}/${memberId} ${change}`, version });
      await tx.query(
        `INSERT INTO people.memberships
           (organisation_id, connection_id, group_id, member_id, member_type, present, read_no, page, written_by, flips, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'state', 0, now())
         ON CONFLICT (connection_id, group_id, member_id) DO UPDATE SET present = EXCLUDED.present, read_no = EXCLUDED.read_no, page = EXCLUDED.page`,
        [
          page.organisationId,
          page.connectionId,
          page.groupId,
          memberId,
          memberType,
          change === 'added',
          version?.readNo ?? page.readNo,
          version?.page ?? page.page,
        ],
      );
    }
  }
}
