import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import type { HeldSelection } from '../api/types.js';
import { counted } from '../format/counts.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { useSay } from '../parts/toasts.js';

export type Decision = 'release' | 'reject';

interface DecideDialogProps {
  readonly decision: Decision;
  readonly selection: readonly HeldSelection[];
  readonly count: number;
  /** There are more than were counted here. */
  readonly hasMore: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Says what happens, and to how many, before it does. */
export function DecideDialog({ decision, selection, count, hasMore, onDone, onClose }: DecideDialogProps): ReactElement {
  const client = useQueryClient();
  const say = useSay();
  const many = hasMore ? `all held changes, more than ${count}` : counted(count, 'held change');
  const isRelease = decision === 'release';
  return (
    <ConfirmDialog
      danger={isRelease}
      title={isRelease ? `Release ${many}?` : `Reject ${many}?`}
      action={isRelease ? `Release ${many}` : `Reject ${many}`}
      onClose={onClose}
      onConfirm={async () => {
        let done = 0;
        let waiting = 0;
        for (const part of selection) {
          const answer = await commands.decideHeld(decision, part);
          done += answer.count;
          waiting += answer.waiting ?? 0;
        }
        await client.invalidateQueries();
        if (done > 0 || waiting === 0) say(`${counted(done, 'change')} ${isRelease ? 'released' : 'rejected'}.`);
        if (waiting > 0)
          say(
            `${counted(waiting, 'removal')} ${waiting === 1 ? 'waits' : 'wait'} for a second super admin; your approval is the first.`,
          );
        onDone();
      }}
    >
      <p>
        {isRelease
          ? 'What is released happens now: whoever would leave, leaves, and whoever is out of scope then is deactivated. Accounts are never deleted, and an undo brings them back. Who released what is in the audit.'
          : 'What is rejected does not happen: it stays as it is, against the directory, until the tenant changes the same thing again.'}{' '}
        Changes that arrive from now on are not part of it.
      </p>
    </ConfirmDialog>
  );
}
