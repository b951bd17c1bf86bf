import type { Clock } from '#contracts';
import type { Database, Lease, Tx } from '#database';
import type { DirectoryUser, MemberGroupsOutcome } from '#graph-client';
import { GOES_ON } from '../lifecycle/claim-run.js';
import type { MembershipRecheck, ReadBook, RunConnection, RunGraph } from '../ports.js';
import { holdRun } from '../reading/group-read.js';
import { stageMembers } from '../reading/stage-members.js';

export interface PersonReaderOptions {
  readonly database: Database;
  readonly book: ReadBook;
  readonly clock: Clock;
  readonly settleMs: number;
}

/** As many as Graph names in one answer that is read whole. */
const PEOPLE_AT_A_TIME = 200;

interface PersonToRead {
  readonly personId: string;
  readonly groupIds: readonly string[];
}

/** One portion of people: its read number was taken before its first request. */
interface Portion {
  readonly people: readonly PersonToRead[];
  readonly readNo: number;
}

interface Answers {
  readonly users: ReadonlyMap<string, DirectoryUser>;
  readonly groups: ReadonlyMap<string, MemberGroupsOutcome>;
}

/**
 * Reads people by their ids into the stage, with the groups that their own side names. Portion by portion, each a commit under a
 * read number of its own, so that a kill loses one portion.
 */
export class PersonReader {
  constructor(private readonly options: PersonReaderOptions) {}

  /** Reads the next people; false where none are left. Throws what Graph throws; what was staged stays. */
  async readNext(lease: Lease, { id: connectionId, organisationId }: RunConnection, graph: RunGraph): Promise<boolean> {
    const portion = await this.options.database.transaction((tx) => this.open(tx, lease));
    if (portion.people.length === 0) return false;
    const sent = graph.graphRequests;
    const { found } = await graph.usersByIds(portion.people.map(({ personId }) => personId));
    const users = new Map(found.map((user) => [user.id, user]));
    const questions = portion.people.flatMap(({ personId, groupIds }) =>
      users.has(personId) && groupIds.length > 0 ? [{ userId: personId, groupIds }] : [],
    );
    const groups = questions.length === 0 ? new Map<string, MemberGroupsOutcome>() : await graph.checkMemberGroups(questions);
    const answers = { users, groups };
    await this.options.database.transaction(async (tx) => {
      await holdRun(tx, lease);
      await this.stage(tx, lease.key, portion, answers);
      await this.note(tx, lease.key, connectionId, portion, answers);
      const requests = graph.graphRequests - sent;
      await tx.query(`UPDATE runs.sync_runs SET graph_requests = graph_requests + $2, ${GOES_ON} WHERE id = $1`, [
        lease.key,
        requests,
      ]);
      await this.recheckUnnamed(tx, { organisationId, connectionId }, portion, answers);
    });
    return true;
  }

  private async open(tx: Tx, lease: Lease): Promise<Portion> {
    await holdRun(tx, lease);
    const people = await tx.query<PersonToRead>(
      `UPDATE runs.person_reads SET read_started_at = $2 WHERE run_id = $1 AND person_id IN (
         SELECT person_id FROM runs.person_reads WHERE run_id = $1 AND state = 'pending' ORDER BY person_id LIMIT ${PEOPLE_AT_A_TIME})
       RETURNING person_id AS "personId", group_ids::text[] AS "groupIds"`,
      [lease.key, this.options.clock()],
    );
    return { people, readNo: people.length === 0 ? 0 : await this.options.book.nextReadNo(tx) };
  }

  /** A line of their own for everybody who was found, and one for each group that names them. */
  private async stage(tx: Tx, runId: string, { people, readNo }: Portion, { users, groups }: Answers): Promise<void> {
    const page = { runId, readNo, page: 0, readAt: this.options.clock() };
    const members = people.flatMap(({ personId }) => {
      const user = users.get(personId);
      return user === undefined ? [] : [{ ...user, type: 'user' as const }];
    });
    await stageMembers(tx, { ...page, groupId: null }, members);
    const readable = members.filter(({ unreadable }) => !unreadable);
    for (const groupId of new Set(people.flatMap(({ groupIds }) => groupIds))) {
      const own = readable.filter(({ id }) => isNamed(groups.get(id), groupId));
      await stageMembers(tx, { ...page, groupId }, own);
    }
  }

  private async note(
    tx: Tx,
    runId: string,
    connectionId: string,
    { people }: Portion,
    { users, groups }: Answers,
  ): Promise<void> {
    const states = people.map(({ personId }) => {
      const user = users.get(personId);
      if (user === undefined) return 'missing';
      return user.unreadable ? 'unreadable' : 'read';
    });
    await tx.query(
      `UPDATE runs.person_reads p SET state = v.state FROM unnest($2::uuid[], $3::text[]) AS v (person_id, state)
       WHERE p.run_id = $1 AND p.person_id = v.person_id`,
      [runId, people.map(({ personId }) => personId), states],
    );
    const named = people.flatMap(({ personId, groupIds }) => {
      const groupId = groupIds.find((id) => isNamed(groups.get(personId), id));
      return groupId === undefined || users.get(personId)?.unreadable !== false ? [] : [{ objectId: personId, groupId }];
    });
    await this.options.book.addPrincipals(tx, connectionId, named);
  }

  /** Absence removes nobody here: whom their own side does not name any more is left to the recheck list (invariant 4). */
  private async recheckUnnamed(
    tx: Tx,
    owner: Pick<MembershipRecheck, 'organisationId' | 'connectionId'>,
    { people }: Portion,
    { users, groups }: Answers,
  ): Promise<void> {
    const dueAt = new Date(this.options.clock().getTime() + this.options.settleMs);
    const doubtful = people.flatMap(({ personId, groupIds }) => {
      const outcome = groups.get(personId);
      if (outcome !== undefined && 'error' in outcome) return [];
      const isGone = !users.has(personId);
      return groupIds.flatMap((groupId) =>
        isGone || !isNamed(outcome, groupId)
          ? [{ ...owner, groupId, memberId: personId, reason: 'UNCONFIRMED_REMOVAL', dueAt }]
          : [],
      );
    });
    if (doubtful.length > 0) await this.options.book.addRechecks(tx, doubtful);
  }
}

function isNamed(outcome: MemberGroupsOutcome | undefined, groupId: string): boolean {
  return outcome !== undefined && 'named' in outcome && outcome.named.includes(groupId);
}
