import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { asProblem } from '../api/problem.js';
import type { PlannedChange, SyncRun } from '../api/types.js';
import { counted, listed } from '../format/counts.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { useSay } from '../parts/toasts.js';
import { FirstApprovalNote } from './first-approval.js';
import { actionVerbs } from './plan-words.js';

interface ApproveDialogProps {
  readonly run: SyncRun;
  readonly changes: readonly PlannedChange[];
  /** Whether every line of the plan was loaded, so that the counts are the plan's. */
  readonly isComplete: boolean;
  readonly onClose: () => void;
}

/** Approves the plan by its hash: exactly what was looked at, or nothing. */
export function ApproveDialog({ run, changes, isComplete, onClose }: ApproveDialogProps): ReactElement {
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  const toApply = changes.filter(({ decision, action }) => decision === 'apply' && action !== 'skip');
  const counts = Object.entries(actionVerbs).flatMap(([action, verb]) => {
    const count = toApply.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${counted(count, 'line')} to ${verb}`];
  });
  return (
    <ConfirmDialog
      danger
      title={`Approve ${isComplete ? counted(toApply.length, 'change') : `more than ${toApply.length} changes`}?`}
      action="Approve"
      onClose={onClose}
      onConfirm={async () => {
        try {
          const { state } = await commands.approveRun(run.id, run.planHash ?? '');
          if (state === 'awaitingReview') say('Your approval is the first. Another super admin must approve it too.');
        } catch (error) {
          // Somebody else decided meanwhile: show who was first, and the plan as it is now.
          if (asProblem(error).status === 409) await client.invalidateQueries({ queryKey: ['runs', run.id] });
          throw error;
        }
        await client.invalidateQueries({ queryKey: ['runs'] });
        await navigate({ to: '/sync-runs/$runId', params: { runId: run.id } });
      }}
    >
      {run.firstApproval != null && <FirstApprovalNote approval={run.firstApproval} what="this plan" />}
      <p>{counts.length === 0 ? 'Nothing is left to apply.' : `${listed(counts)}.`}</p>
      <p>
        Before anything happens, the people concerned are read from Entra once more; what has moved on is left out and reported.
        The run can be undone afterwards.
      </p>
    </ConfirmDialog>
  );
}
