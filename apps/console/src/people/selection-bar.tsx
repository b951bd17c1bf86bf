import { Button } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { everyItem, type AccountFilter } from '../api/queries.js';
import type { Account } from '../api/types.js';
import { people } from '../format/counts.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { ProblemBox } from '../parts/problem-box.js';
import { useSay } from '../parts/toasts.js';
import form from '../settings/form.module.css';
import type { Activation } from './undo-activation.js';
import type { Selection } from '../parts/use-selection.js';

/** As many as the API takes in one request. */
const MOST = 10_000;

interface SelectionBarProps {
  readonly selection: Selection;
  readonly filter: AccountFilter;
  readonly hasMore: boolean;
  readonly onActivated: (activation: Activation) => void;
}

/** What can be done to the selected people; selecting goes on beyond the pages that are shown. */
export function SelectionBar({ selection, filter, hasMore, onActivated }: SelectionBarProps): ReactElement {
  const [isAsking, setAsking] = useState(false);
  const client = useQueryClient();
  const say = useSay();
  const selectAll = useMutation({
    mutationFn: () => everyItem<Account>('get /accounts', { ...filter }, MOST),
    onSuccess: (items) => selection.setAll(items, true),
  });
  const count = selection.ids.size;
  return (
    <div className={form['actions']}>
      <span role="status">{count === 0 ? 'Nobody is selected.' : `${people(count)} selected.`}</span>
      <Button size="small" disabled={selectAll.isPending} onClick={() => selectAll.mutate()}>
        {hasMore ? 'Select everybody in this list, on all pages' : 'Select everybody in this list'}
      </Button>
      {count > 0 && (
        <>
          <Button size="small" appearance="primary" onClick={() => setAsking(true)}>
            Activate {people(count)}
          </Button>
          <Button size="small" appearance="subtle" onClick={selection.clear}>
            Select nobody
          </Button>
        </>
      )}
      {selectAll.isError && <ProblemBox error={selectAll.error} />}
      {isAsking && (
        <ConfirmDialog
          title={`Activate ${people(count)}?`}
          action={`Activate ${people(count)}`}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            const ids = [...selection.ids];
            const { activated } = await commands.activate(ids);
            if (activated > 0) onActivated({ ids, count: activated });
            selection.clear();
            await client.invalidateQueries();
            say(`${people(activated)} activated.`);
          }}
        >
          <p>
            Those who are inactive become active, and may sign in to the business application. Whoever is active already, or was
            deactivated because they left, stays as they are. You can undo it afterwards.
          </p>
        </ConfirmDialog>
      )}
    </div>
  );
}
