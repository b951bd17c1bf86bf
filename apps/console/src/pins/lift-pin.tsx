import { Button } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { useSay } from '../parts/toasts.js';

interface LiftPinProps {
  readonly pinId: string;
  /** Whose pin it is, and of what: "Ada Byron in Sales". */
  readonly what: string;
}

/** Ends what was decided against the directory: sync follows it again, through the guard. */
export function LiftPin({ pinId, what }: LiftPinProps): ReactElement | null {
  const [isAsking, setAsking] = useState(false);
  const mayApprove = useMay('sync.approve');
  const client = useQueryClient();
  const say = useSay();
  if (!mayApprove) return null;
  return (
    <>
      <Button size="small" aria-label={`Lift the pin of ${what}`} onClick={() => setAsking(true)}>
        Lift the pin
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Lift the pin of ${what}?`}
          action="Lift the pin"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await commands.liftPin(pinId);
            await client.invalidateQueries();
            say('The pin is lifted.');
          }}
        >
          <p>
            Sync follows the directory here again, at once, or as soon as a paused connection is resumed: what the directory says
            happens, unless the guard holds it. Rejecting or undoing it pins it anew.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
