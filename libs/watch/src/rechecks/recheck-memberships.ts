import type { MembershipItem, MemberType } from '#contracts';
import type { GraphClient } from '#graph-client';
import { nextReadNo } from '../chains/next-read-no.js';
import { DirectoryPages, type ReadFacts } from '../pages/directory-pages.js';
import { publishPages } from '../pages/publish-pages.js';
import type { WatchContext } from '../watch-context.js';
import type { Recheck } from './claim-rechecks.js';
import { afterSecondRead, afterTheirSide, type AbsenceVerdict } from './decide-absence.js';
import { advanceRechecks, finishRechecks, retryRechecks } from './recheck-outcome.js';

/** A complete read of one group, of which only the members in question are kept: it streams, whatever the group's size. */
export async function readGroupForRechecks(
  context: WatchContext,
  graph: GraphClient,
  rechecks: readonly Recheck[],
): Promise<void> {
  const [first] = rechecks;
  if (first === undefined) return;
  const read = await beginRead(context, first);
  const asked = new Map(rechecks.map((recheck) => [recheck.memberId, recheck]));
  const present = new Map<string, { type: MemberType; page: number }>();
  let isEmpty = true;
  for await (const page of graph.members(first.groupId)) {
    if (page.members.length > 0) isEmpty = false;
    for (const member of page.members) if (asked.has(member.id)) present.set(member.id, { type: member.type, page: page.index });
  }
  const { readNo } = read;
  const added: MembershipItem[] = [...present].map(([memberId, { type, page }]) => ({
    memberId,
    memberType: type,
    change: 'added',
    version: { readNo, page },
  }));
  const absent = rechecks.filter(({ memberId }) => !present.has(memberId));
  const isSecond = first.stage === 'second';
  const answers = isSecond ? await graph.checkMemberGroups(questions(absent)) : null;
  await settle(context, { ...read, readAt: context.clock() }, first.groupId, {
    added: { items: added, rechecks: rechecks.filter(({ memberId }) => present.has(memberId)) },
    absent: absent.map((recheck) => ({
      recheck,
      verdict:
        answers === null ? 'askTheirSide' : afterSecondRead(answers.get(recheck.memberId), { groupId: recheck.groupId, isEmpty }),
      absentReadNo: readNo,
    })),
  });
}

/** Asks the people themselves, at least `CONFIRM_SECONDS` after the complete read that lacked them. */
export async function askTheirSide(context: WatchContext, graph: GraphClient, rechecks: readonly Recheck[]): Promise<void> {
  const [first] = rechecks;
  if (first === undefined) return;
  const read = await beginRead(context, first);
  const answers = await graph.checkMemberGroups(questions(rechecks));
  // The evidence is as old as the read that lacked them, not as this question.
  const readStartedAt = earliest(rechecks.map((recheck) => recheck.absentReadAt ?? read.readStartedAt));
  await settle(context, { ...read, readStartedAt, readAt: context.clock() }, first.groupId, {
    added: { items: [], rechecks: [] },
    absent: rechecks.map((recheck) => ({
      recheck,
      verdict: afterTheirSide(answers.get(recheck.memberId), recheck.groupId),
      // What the group's read did not list carries the number of that read, not of this question.
      absentReadNo: recheck.absentReadNo ?? read.readNo,
    })),
  });
}

interface Answers {
  readonly added: { readonly items: readonly MembershipItem[]; readonly rechecks: readonly Recheck[] };
  readonly absent: readonly { readonly recheck: Recheck; readonly verdict: AbsenceVerdict; readonly absentReadNo: number }[];
}

/** Publishes what is decided, and moves on or repeats what is not, in one transaction. */
async function settle(context: WatchContext, read: ReadFacts, groupId: string, { added, absent }: Answers): Promise<void> {
  const withVerdict = (verdict: AbsenceVerdict) => absent.filter((one) => one.verdict === verdict);
  const removed = withVerdict('removed');
  const items: MembershipItem[] = removed.map(({ recheck, absentReadNo }) => ({
    memberId: recheck.memberId,
    memberType: 'unknown',
    change: 'removed',
    version: { readNo: absentReadNo, page: 0 },
  }));
  const { confirmMs, settleMs } = context.timings;
  await context.db.transaction(async (tx) => {
    const pages = new DirectoryPages(read, 0);
    pages.memberships(groupId, [...added.items, ...items]);
    await publishPages(tx, pages);
    await finishRechecks(tx, [...added.rechecks, ...removed.map(({ recheck }) => recheck)]);
    const toAsk = withVerdict('askTheirSide').map(({ recheck }) => recheck);
    await advanceRechecks(tx, toAsk, { stage: 'confirm', waitMs: confirmMs, absentRead: read });
    const toRead = withVerdict('readAgain').map(({ recheck }) => recheck);
    await advanceRechecks(tx, toRead, { stage: 'second', waitMs: settleMs, absentRead: null });
    await retryRechecks(
      tx,
      withVerdict('unknown').map(({ recheck }) => recheck),
      'GRAPH_UNAVAILABLE',
    );
  });
}

async function beginRead({ db, clock }: WatchContext, { organisationId, connectionId }: Recheck): Promise<ReadFacts> {
  const readNo = await nextReadNo(db);
  const now = clock();
  return {
    organisationId,
    connectionId,
    readNo,
    origin: 'read',
    recheck: true,
    noticedAt: null,
    readStartedAt: now,
    readAt: now,
  };
}

function questions(rechecks: readonly Recheck[]): { userId: string; groupIds: string[] }[] {
  return rechecks.map(({ memberId, groupId }) => ({ userId: memberId, groupIds: [groupId] }));
}

function earliest(instants: readonly Date[]): Date {
  return new Date(Math.min(...instants.map((instant) => instant.getTime())));
}
