import type { Queryable } from '#database';
import type { PresentedRun } from '#runs';
import type { FourEyes } from '../four-eyes/four-eyes.js';
import { memberNames } from '../http/member-names.js';
import { presentReason } from '../http/reason.presenter.js';
import type { RunAnswer } from './sync-run.schemas.js';

/** Runs as people read them: with whoever approved the plan first, names beside ids, and the next step where something is wrong. */
export async function answerRuns(
  db: Queryable,
  fourEyes: FourEyes,
  organisationId: string,
  runs: readonly PresentedRun[],
): Promise<RunAnswer[]> {
  const firstOf = await fourEyes.ofRuns(organisationId, runs);
  const nameOf = runs.some((run) => peopleOf(run).length > 0) ? await memberNames(db, organisationId) : null;
  return runs.map((run) => ({
    ...run,
    error: run.error === null ? null : presentReason(run.error.code, run.error.message),
    firstApproval: firstOf(run),
    actors:
      nameOf === null
        ? []
        : peopleOf(run)
            .map(nameOf)
            .filter(({ displayName }) => displayName !== null),
  }));
}

function peopleOf({ requestedBy, approvedBy, cancelledBy, undoneBy }: PresentedRun): string[] {
  const hands = [requestedBy, approvedBy, cancelledBy, undoneBy?.requestedBy].flatMap((hand) => hand ?? []);
  return [...new Set(hands.filter((hand) => hand.startsWith('person:')))];
}
