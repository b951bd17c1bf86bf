import { randomUUID } from 'node:crypto';
import { buildEvent, membershipsChangedV1, TOPICS, usersChangedV1, type Clock } from '#contracts';
import { lookUpByKey, type Database, type Lease, type Tx } from '#database';
import { enqueue, type OutboxRecord } from '#messaging';
import { GOES_ON } from '../lifecycle/claim-run.js';
import { holdRun } from '../reading/group-read.js';
import type { SyncRun } from '../run.js';
import { buildPages, type RunPage } from './build-pages.js';
import { approvedDifferences, nextPortion } from './next-portion.js';
import { findRemovalRounds, placesInRounds, type RemovalRounds } from './removal-rounds.js';

export const PEOPLE_AT_A_TIME = 500;
/** A run leaves room for the live pages of its connection, which stand in the same partition (design: "Fairness"). */
export const MAX_UNANSWERED_PAGES = 4;

export interface PagePublisherOptions {
  readonly database: Database;
  readonly clock: Clock;
}

/** Publishes what a run found, people by people: all pages about one person are one commit, so no person is left half applied. */
export class PagePublisher {
  constructor(private readonly options: PagePublisherOptions) {}

  /** What a person approved passes the guard, so it need not be judged together. */
  async roundsOf(run: SyncRun): Promise<RemovalRounds> {
    return run.approvedBy !== null ? new Map() : findRemovalRounds(this.options.database, run.id, PEOPLE_AT_A_TIME);
  }

  /** Publishes the next people; false where there are none left. */
  async publishNext(lease: Lease, run: SyncRun, rounds: RemovalRounds): Promise<boolean> {
    return this.options.database.transaction(async (tx) => {
      await holdRun(tx, lease);
      await lookUpByKey(tx);
      const portion = await nextPortion(tx, run.id, PEOPLE_AT_A_TIME);
      const last = portion.people.at(-1);
      if (last === undefined) return false;
      const differences = await approvedDifferences(tx, run.id, portion);
      const places = placesInRounds(rounds, run.id, { from: portion.from, size: PEOPLE_AT_A_TIME });
      await this.publish(tx, run, buildPages({ ...ownerOf(run), runId: run.id }, differences, places), last.seq);
      await tx.query(`UPDATE runs.sync_runs SET published_seq = $2, ${GOES_ON} WHERE id = $1`, [run.id, last.seq]);
      return true;
    });
  }

  private async publish(tx: Tx, run: SyncRun, pages: readonly RunPage[], seq: number): Promise<void> {
    const now = this.options.clock();
    const records = pages.map((page) => recordOf(page, run, now));
    await enqueue(tx, records);
    await tx.query(
      `INSERT INTO runs.published_pages (event_id, run_id, seq, items, published_at, round_id, is_counted)
       SELECT event_id, $2, $3, items, $4, round_id, is_counted
       FROM unnest($1::uuid[], $5::int[], $6::text[], $7::boolean[]) AS page (event_id, items, round_id, is_counted)`,
      [
        records.map(({ event }) => event.id),
        run.id,
        seq,
        now,
        pages.map(itemCount),
        pages.map((page) => roundOf(page)?.id ?? null),
        pages.map((page) => isLastOfRound(page)),
      ],
    );
  }
}

const roundOf = (page: RunPage) => (page.type === 'memberships' ? page.data.round : undefined);

function isLastOfRound(page: RunPage): boolean {
  const round = roundOf(page);
  return round === undefined || round.index === round.pages - 1;
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
