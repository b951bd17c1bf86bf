import type { UserItem } from '#contracts';
import type { GraphClient } from '#graph-client';
import { nextReadNo } from '../chains/next-read-no.js';
import { DirectoryPages } from '../pages/directory-pages.js';
import { publishPages } from '../pages/publish-pages.js';
import type { WatchContext } from '../watch-context.js';
import type { Recheck } from './claim-rechecks.js';
import { lookForMissing, type MissingVerdict } from './look-for-missing.js';
import { advanceRechecks, finishRechecks, retryRechecks } from './recheck-outcome.js';

/** Reads people directly. Whoever is not found is looked for in the other ways that prove a deletion (invariant 4). */
export async function recheckPeople(context: WatchContext, graph: GraphClient, rechecks: readonly Recheck[]): Promise<void> {
  const [first] = rechecks;
  if (first === undefined) return;
  const { organisationId, connectionId } = first;
  const { db, clock, timings } = context;
  const readNo = await nextReadNo(db);
  const readStartedAt = clock();
  const { found } = await graph.usersByIds(rechecks.map((recheck) => recheck.memberId));
  const answers = new Map(found.map((user) => [user.id, user]));
  const readable = rechecks.filter(({ memberId }) => answers.get(memberId)?.unreadable === false);
  const unreadable = rechecks.filter(({ memberId }) => answers.get(memberId)?.unreadable === true);
  const missing = rechecks.filter(({ memberId }) => !answers.has(memberId));
  const verdicts = await lookForMissing(context, graph, missing);
  const withVerdict = (...kinds: readonly MissingVerdict[]) =>
    missing.filter(({ id }) => kinds.includes(verdicts.get(id) ?? 'unknown'));

  const users: UserItem[] = [
    ...readable.map(({ memberId }) => ({
      id: memberId,
      state: 'present' as const,
      attributes: answers.get(memberId)?.attributes ?? {},
    })),
    ...withVerdict('softDeleted').map(({ memberId }) => ({ id: memberId, state: 'softDeleted' as const })),
    ...withVerdict('deleted').map(({ memberId }) => ({ id: memberId, state: 'deleted' as const })),
  ];
  await db.transaction(async (tx) => {
    const read = {
      organisationId,
      connectionId,
      readNo,
      origin: 'read' as const,
      recheck: true,
      noticedAt: null,
      readStartedAt,
      readAt: clock(),
    };
    const pages = new DirectoryPages(read, 0);
    pages.users(users);
    await publishPages(tx, pages);
    await finishRechecks(tx, [...readable, ...withVerdict('softDeleted', 'deleted')]);
    await advanceRechecks(tx, withVerdict('readAgain'), {
      stage: 'second',
      waitMs: timings.settleMs,
      absentRead: { readNo, readStartedAt },
    });
    await retryRechecks(tx, unreadable, 'MEMBERS_UNREADABLE');
    await retryRechecks(tx, withVerdict('unknown'), 'GRAPH_UNAVAILABLE');
  });
}
