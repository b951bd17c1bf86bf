import { EVERYBODY, type Clock } from '#contracts';
import type { Database, Lease, Tx } from '#database';
import { PageLinkExpiredError, type DirectoryMember, type MembersPage } from '#graph-client';
import { GOES_ON } from '../lifecycle/claim-run.js';
import type { ReadBook, RunConnection, RunGraph } from '../ports.js';
import { holdRun, openRead, restartRead, type GroupRead } from './group-read.js';
import type { Pace } from './pace.js';
import { stageMembers } from './stage-members.js';

export interface GroupReaderOptions {
  readonly database: Database;
  readonly book: ReadBook;
  readonly clock: Clock;
}

/** One attempt at the reading of a run. */
export interface Reading {
  readonly lease: Lease;
  readonly connection: RunConnection;
  readonly graph: RunGraph;
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

/**
 * Reads the members of one group page by page into the stage. Each page, its place and the link to the next are one commit, so a
 * kill loses at most the page in work, and memory holds one page whatever the size of the group.
 */
export class GroupReader {
  constructor(private readonly options: GroupReaderOptions) {}

  /** Returns when the last page is stored. Throws what Graph throws; what was stored stays. */
  async read(reading: Reading, read: GroupRead): Promise<void> {
    try {
      await this.readOn(reading, read);
    } catch (error) {
      if (!(error instanceof PageLinkExpiredError) || read.nextLink === null) throw error;
      await this.options.database.transaction((tx) => restartRead(tx, reading.lease, read.groupId));
      await this.readOn(reading, { groupId: read.groupId, firstReadNo: null, readNo: null, nextLink: null, pages: 0 });
    }
  }

  private async readOn(reading: Reading, read: GroupRead): Promise<void> {
    const { database, book, clock } = this.options;
    const { lease, graph, signal } = reading;
    const { readNo } = await database.transaction((tx) => openRead(tx, lease, read, book, clock()));
    const pages = graph.members(read.groupId, { signal, ...(read.nextLink === null ? {} : { resumeLink: read.nextLink }) });
    let position = read.pages;
    let sent = graph.graphRequests;
    for await (const page of pages) {
      const requests = graph.graphRequests - sent;
      sent += requests;
      await this.keep(reading, read.groupId, { readNo, position, requests }, page);
      if (position === 0 && page.nextLink !== null) await this.estimate(lease, graph, read.groupId);
      position += 1;
    }
  }

  /** How far a long read has to go, for its progress only: Entra's count may lag, and a read does without it as well. */
  private async estimate(lease: Lease, graph: RunGraph, groupId: string): Promise<void> {
    const counted = await graph.memberCount(groupId).catch(() => null);
    if (counted === null) return;
    await this.options.database.transaction(async (tx) => {
      await holdRun(tx, lease);
      await tx.query(
        'UPDATE runs.group_reads SET expected_members = GREATEST(expected_members, $3) WHERE run_id = $1 AND group_id = $2',
        [lease.key, groupId, counted],
      );
    });
  }

  private async keep(
    { lease, connection, pace }: Reading,
    groupId: string,
    { readNo, position, requests }: { readNo: number; position: number; requests: number },
    page: MembersPage,
  ): Promise<void> {
    const now = this.options.clock();
    const lap = pace.lap();
    const people = page.members.filter(({ type }) => type === 'user');
    await this.options.database.transaction(async (tx) => {
      await holdRun(tx, lease);
      await stageMembers(tx, { runId: lease.key, groupId, readNo, page: position, readAt: now }, page.members);
      if (groupId !== EVERYBODY) await this.enterPrincipals(tx, connection.id, groupId, people);
      await tx.query(
        `UPDATE runs.group_reads SET pages = pages + 1, members = members + $3, unreadable_people = unreadable_people + $4,
           next_link = $5, state = $6, read_at = $7
         WHERE run_id = $1 AND group_id = $2`,
        [
          lease.key,
          groupId,
          page.members.length,
          people.filter(({ unreadable }) => unreadable).length,
          page.nextLink,
          page.nextLink === null ? 'complete' : 'reading',
          now,
        ],
      );
      await tx.query(
        `UPDATE runs.sync_runs SET graph_requests = graph_requests + $2, ${GOES_ON},
           recent_members = recent_members * $5::float8 + $3, recent_seconds = recent_seconds * $5::float8 + $4 WHERE id = $1`,
        [lease.key, requests, lap === null ? 0 : page.members.length, lap?.seconds ?? 0, lap?.fading ?? 1],
      );
    });
  }

  /** Of everybody the users chain tells anyway: those whom it did not know it reads by itself, also while a plan waits. */
  private async enterPrincipals(
    tx: Tx,
    connectionId: string,
    groupId: string,
    people: readonly DirectoryMember[],
  ): Promise<void> {
    const readable = people.filter(({ unreadable }) => !unreadable).map(({ id }) => ({ objectId: id, groupId }));
    await this.options.book.addPrincipals(tx, connectionId, readable);
  }
}
