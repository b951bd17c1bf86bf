import { Button } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { people } from '../format/counts.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { useSay } from '../parts/toasts.js';
import form from '../settings/form.module.css';

/** An activation of a moment ago: who was selected, and how many of them it made active. */
export interface Activation {
  readonly ids: readonly string[];
  readonly count: number;
}

interface UndoActivationProps {
  readonly activation: Activation;
  readonly onClose: () => void;
}

/** Stays where the list is until it is used or put away, however the list is filtered meanwhile. */
export function UndoActivation({ activation: { ids, count }, onClose }: UndoActivationProps): ReactElement {
  const [isAsking, setAsking] = useState(false);
  const client = useQueryClient();
  const say = useSay();
  return (
    <div className={form['actions']}>
      <span>{people(count)} activated.</span>
      <Button size="small" onClick={() => setAsking(true)}>
        Undo the activation
      </Button>
      <Button size="small" appearance="subtle" onClick={onClose}>
        Keep them active
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Set ${people(count)} inactive again?`}
          action="Undo the activation"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            const { setInactive } = await commands.undoActivation(ids);
            await client.invalidateQueries();
            say(`${people(setInactive)} set inactive again.`);
            onClose();
          }}
        >
          <p>
            They may not sign in to the business application any more, until they are activated again. Whoever was active before,
            or was changed since, stays as they are.
          </p>
        </ConfirmDialog>
      )}
    </div>
  );
}
