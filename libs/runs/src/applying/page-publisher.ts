import { randomUUID } from 'node:crypto';
import { buildEvent, membershipsChangedV1, TOPICS, usersChangedV1, type Clock } from '#contracts';
import type { Database, Lease, Tx } from '#database';
import { enqueue, type OutboxRecord } from '#messaging';
import { holdRun } from '../reading/group-read.js';
import type { SyncRun } from '../run.js';
import { buildPages, type RunPage } from './build-pages.js';
import type { Difference } from './difference.js';

const PEOPLE_AT_A_TIME = 500;
/** A run leaves room for the live pages of its connection, which stand in the same partition (design: "Fairness"). */
export const MAX_UNANSWERED_PAGES = 4;

export interface PagePublisherOptions {
  readonly database: Database;
  readonly clock: Clock;
}

/** Publishes what a run found, people by people: all pages about one person are one commit, so no person is left half applied. */
export class PagePublisher {
  constructor(private readonly options: PagePublisherOptions) {}

  /** How many pages have no answer of provisioning yet. */
  async unanswered(runId: string): Promise<number> {
    const { database } = this.options;
    await database.query(
      `UPDATE runs.published_pages p SET answered_at = a.applied_at
       FROM people.answered_run_pages a
       WHERE p.run_id = $1 AND p.answered_at IS NULL AND a.run_id = p.run_id AND a.event_id = p.event_id::text`,
      [runId],
    );
    const [row] = await database.query<{ pages: number }>(
      'SELECT count(*) AS pages FROM runs.published_pages WHERE run_id = $1 AND answered_at IS NULL',
      [runId],
    );
    return row?.pages ?? 0;
  }

  /** Publishes the next people; false where there are none left. */
  async publishNext(lease: Lease, run: SyncRun): Promise<boolean> {
    return this.options.database.transaction(async (tx) => {
      await holdRun(tx, lease);
      const people = await nextPeople(tx, run.id);
      const last = people.at(-1);
      if (last === undefined) return false;
      const differences = await differencesOf(
        tx,
        run.id,
        people.map(({ personId }) => personId),
      );
      await this.publish(tx, run, buildPages({ ...ownerOf(run), runId: run.id }, differences), last.seq);
      await tx.query('UPDATE runs.sync_runs SET published_seq = $2 WHERE id = $1', [run.id, last.seq]);
      return true;
    });
  }

  private async publish(tx: Tx, run: SyncRun, pages: readonly RunPage[], seq: number): Promise<void> {
    const now = this.options.clock();
    const records = pages.map((page) => recordOf(page, run, now));
    await enqueue(tx, records);
    await tx.query(
      `INSERT INTO runs.published_pages (event_id, run_id, seq, items, published_at)
       SELECT event_id, $2, $3, items, $4 FROM unnest($1::uuid[], $5::int[]) AS page (event_id, items)`,
      [records.map(({ event }) => event.id), run.id, seq, now, pages.map(itemCount)],
    );
  }
}

const ownerOf = ({ organisationId, connectionId }: SyncRun) => ({ organisationId, connectionId });

const itemCount = (page: RunPage): number => (page.type === 'users' ? page.data.users.length : page.data.items.length);

function recordOf(page: RunPage, run: SyncRun, now: Date): OutboxRecord {
  const identity = { id: randomUUID(), source: '/rollcall/full-sync', key: run.connectionId, time: now, correlationId: run.id };
  const event =
    page.type === 'users'
      ? buildEvent(usersChangedV1, identity, page.data)
      : buildEvent(membershipsChangedV1, identity, page.data);
  return { topic: TOPICS.directoryChanges.name, key: run.connectionId, event };
}

async function nextPeople(tx: Tx, runId: string): Promise<{ seq: number; personId: string }[]> {
  return tx.query(
    `SELECT p.seq, p.person_id AS "personId" FROM runs.planned_people p
     JOIN runs.sync_runs r ON r.id = p.run_id
     WHERE p.run_id = $1 AND p.seq > r.published_seq ORDER BY p.seq LIMIT $2`,
    [runId, PEOPLE_AT_A_TIME],
  );
}

async function differencesOf(tx: Tx, runId: string, personIds: readonly string[]): Promise<Difference[]> {
  return tx.query<Difference>(
    `SELECT person_id AS "personId", group_id AS "groupId", kind, member_type AS "memberType", attributes, read_no AS "readNo", page,
       read_started_at AS "readStartedAt", read_at AS "readAt", NULL AS plan
     FROM runs.differences WHERE run_id = $1 AND person_id = ANY ($2::uuid[])
     ORDER BY person_id, group_id NULLS FIRST`,
    [runId, personIds],
  );
}
