import { EVERYBODY, type Clock } from '#contracts';
import { scheduleFollowUps, type MembershipRecheck, type ReadBook } from '#runs';
import { addPrincipals, addRechecks, baselineDone, beginAnew, endAnew, nextReadNo } from '#watch';

/** The part of `watch` that runs write into. */
export function watchBook(settleMs: number, clock: Clock): ReadBook {
  return {
    nextReadNo,
    addPrincipals: async (tx, connectionId, people) => {
      await addPrincipals(tx, connectionId, people, { attributesRead: true });
    },
    addRechecks: (tx, requests) =>
      addRechecks(
        tx,
        requests.map((request) =>
          request.groupId === EVERYBODY ? ofPerson(request) : { ...request, kind: 'membership' as const },
        ),
      ),
    beginAnew: (tx, run) => beginAnew(tx, run, run.id),
    // `watch` has its picture or will get it by a follow-up; it does not ask again by itself, which would be at once.
    runEnded: async (tx, run, groups) => {
      await baselineDone(tx, run.id);
      if (run.kind === 'scratch' && run.state === 'completed') await endAnew(tx, run.id, groups.unread);
      await scheduleFollowUps(tx, run, groups, settleMs, clock());
    },
  };
}

/** Whether somebody is one of everybody is a question about the person. */
function ofPerson(request: MembershipRecheck) {
  return { ...request, kind: 'user' as const, groupId: null };
}
