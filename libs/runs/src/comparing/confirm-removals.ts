import type { Clock } from '#contracts';
import type { Database, Lease } from '#database';
import type { MemberGroupsOutcome } from '#graph-client';
import { GOES_ON } from '../lifecycle/claim-run.js';
import type { RunGraph } from '../ports.js';
import { holdRun } from '../reading/group-read.js';

/** One round of questions to Graph: 20 people in a `$batch`, at most 20 groups each. */
const PEOPLE_PER_ROUND = 200;

interface Candidate {
  readonly memberId: string;
  readonly groupIds: string[];
}

interface Verdict {
  readonly memberId: string;
  readonly groupId: string;
  readonly outcome: 'confirmed' | 'deleted' | 'unconfirmed';
  readonly code: string | null;
}

export interface ConfirmRemovalsOptions {
  readonly database: Database;
  readonly clock: Clock;
}

/**
 * Asks the people themselves whether they are out of the groups whose complete read did not list them (invariant 4). Only an answer
 * that names the person's groups without this one confirms; a nested path, an error or a person who is not found does not.
 */
export class RemovalConfirmer {
  constructor(private readonly options: ConfirmRemovalsOptions) {}

  /** When the questions may be asked: `confirmMs` after the last read that a candidate came from; null where there are none. */
  async dueAt(runId: string, confirmMs: number): Promise<Date | null> {
    const [row] = await this.options.database.query<{ readAt: Date | null }>(
      `SELECT max(g.read_at) AS "readAt" FROM runs.group_reads g
       WHERE g.run_id = $1 AND EXISTS (
         SELECT 1 FROM runs.removal_candidates c WHERE c.run_id = g.run_id AND c.group_id = g.group_id AND c.checked_at IS NULL)`,
      [runId],
    );
    return row?.readAt == null ? null : new Date(row.readAt.getTime() + confirmMs);
  }

  /** Goes on where an earlier attempt stopped: each round of answers is one commit. */
  async confirm(lease: Lease, graph: RunGraph, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const candidates = await this.unchecked(lease.key);
      if (candidates.length === 0) return;
      const sent = graph.graphRequests;
      const answers = await graph.checkMemberGroups(candidates.map(({ memberId, groupIds }) => ({ userId: memberId, groupIds })));
      const deleted = await this.deletedAmong(graph, answers);
      const verdicts = candidates.flatMap((candidate) => judgeCandidate(candidate, answers.get(candidate.memberId), deleted));
      await this.record(lease, verdicts, graph.graphRequests - sent);
    }
  }

  private async unchecked(runId: string): Promise<Candidate[]> {
    return this.options.database.query<Candidate>(
      `SELECT member_id AS "memberId", array_agg(group_id::text ORDER BY group_id) AS "groupIds"
       FROM runs.removal_candidates WHERE run_id = $1 AND checked_at IS NULL
       GROUP BY member_id ORDER BY member_id LIMIT $2`,
      [runId, PEOPLE_PER_ROUND],
    );
  }

  private async deletedAmong(graph: RunGraph, answers: ReadonlyMap<string, MemberGroupsOutcome>): Promise<Set<string>> {
    const deleted = new Set<string>();
    for (const [memberId, answer] of answers) {
      if ('notFound' in answer && (await graph.deletedUser(memberId)) !== null) deleted.add(memberId);
    }
    return deleted;
  }

  private async record(lease: Lease, verdicts: readonly Verdict[], requests: number): Promise<void> {
    await this.options.database.transaction(async (tx) => {
      await holdRun(tx, lease);
      await tx.query(
        `UPDATE runs.removal_candidates c SET checked_at = $6, outcome = v.outcome, code = v.code
         FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS v (member_id, group_id, outcome, code)
         WHERE c.run_id = $1 AND c.member_id = v.member_id AND c.group_id = v.group_id`,
        [
          lease.key,
          verdicts.map((v) => v.memberId),
          verdicts.map((v) => v.groupId),
          verdicts.map((v) => v.outcome),
          verdicts.map((v) => v.code),
          this.options.clock(),
        ],
      );
      await tx.query(`UPDATE runs.sync_runs SET graph_requests = graph_requests + $2, ${GOES_ON} WHERE id = $1`, [
        lease.key,
        requests,
      ]);
    });
  }
}

export function judgeCandidate(
  { memberId, groupIds }: Candidate,
  answer: MemberGroupsOutcome | undefined,
  deleted: ReadonlySet<string>,
): Verdict[] {
  return groupIds.map((groupId) => ({ memberId, groupId, ...judge(groupId, memberId, answer, deleted) }));
}

function judge(
  groupId: string,
  memberId: string,
  answer: MemberGroupsOutcome | undefined,
  deleted: ReadonlySet<string>,
): Pick<Verdict, 'outcome' | 'code'> {
  if (answer === undefined) return { outcome: 'unconfirmed', code: 'GRAPH_ANSWER_INVALID' };
  if ('error' in answer) return { outcome: 'unconfirmed', code: answer.error.code };
  if ('notFound' in answer) {
    // The entry among the deleted items is the proof; without one, two reads `settle` apart decide, which a run does not wait for.
    return deleted.has(memberId)
      ? { outcome: 'deleted', code: 'USER_DELETED' }
      : { outcome: 'unconfirmed', code: 'USER_NOT_FOUND' };
  }
  return answer.named.includes(groupId)
    ? { outcome: 'unconfirmed', code: 'STILL_NAMED_BY_THE_PERSON' }
    : { outcome: 'confirmed', code: null };
}
