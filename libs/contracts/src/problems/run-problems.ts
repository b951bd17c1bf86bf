import { define } from './problem-definition.js';

/** What becomes of runs, plans and events. */
export const runProblems = define({
  PLAN_STALE: { title: 'The plan has moved on', status: 409, remedy: 'Load the plan again and approve its present hash.' },
  RUN_IN_PROGRESS: {
    title: 'A sync run is in progress',
    status: 409,
    remedy: 'Wait until the named run has ended, or cancel it.',
  },
  FETCHED_NONE_PROCESSED: {
    title: 'People were read but none was taken',
    status: 422,
    remedy: 'The cause names why: unreadable members, no usable mail, only nested groups, or filtered out.',
  },
  CHANGED_SINCE: {
    title: 'Changed since by somebody or by the tenant',
    status: 409,
    remedy: 'Nothing was done. Change it by hand, or undo what changed it since first.',
  },
  STILL_BEING_APPLIED: {
    title: 'What the run had published is still being applied',
    status: 409,
    remedy: 'Wait: the undo is planned as soon as provisioning has applied it. If this lasts, see the health of provisioning.',
  },
  PROVISIONING_SILENT: {
    title: 'Provisioning does not answer',
    status: 503,
    remedy: 'See the health of provisioning; then start another run: what was applied meanwhile is compared again.',
  },
  CANCELLED: {
    title: 'The run was cancelled before this change',
    status: 409,
    remedy: 'Start another run if the change is wanted.',
  },
  CONNECTION_DISCONNECTED: {
    title: 'The connection is disconnected',
    status: 409,
    remedy: 'Connect the tenant again: its people and its runs are found again, and what a run had applied can be undone then.',
  },
  EXPIRED: {
    title: 'The plan waited too long',
    status: 409,
    remedy: 'Start another run: its plan is computed from the tenant as it is now.',
  },
  FOUR_EYES: {
    title: 'A second person must approve',
    status: 403,
    remedy:
      'Removals take two people here. Ask another super admin who has signed in, and who neither asked for this nor changed it, to approve it.',
  },
  DEAD_LETTER: {
    title: 'A message could not be handled',
    status: 422,
    remedy: 'Read its reason; replay it when the cause is mended, or discard it.',
  },
});
