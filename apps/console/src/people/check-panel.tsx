import { Button } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { Empty, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { CheckSteps } from './check-steps.js';

interface CheckPanelProps {
  readonly connectionId: string;
  readonly person: string;
}

/** "Check again now": this one person is read from Graph. What differs is applied only when somebody says so. */
export function CheckPanel({ connectionId, person }: CheckPanelProps): ReactElement {
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: (apply: boolean) => commands.checkPerson(connectionId, { person, apply }),
    onSuccess: () => client.invalidateQueries(),
  });
  const found = check.data;
  return (
    <Panel
      title="As Entra shows them now"
      aside={
        <Button size="small" disabled={check.isPending} onClick={() => check.mutate(false)}>
          {check.isPending ? 'Reading from Graph' : 'Check again now'}
        </Button>
      }
    >
      {check.isError && <ProblemBox error={check.error} />}
      {found === undefined ? (
        !check.isError && (
          <Empty title="Not read on this page yet.">
            <p>The check reads this one person from Graph and says, step by step, what follows. It changes nothing by itself.</p>
          </Empty>
        )
      ) : (
        <>
          <CheckSteps check={found} connectionId={connectionId} />
          {found.effects.length > 0 && found.live && !found.applied && (
            <Button appearance="primary" disabled={check.isPending} onClick={() => check.mutate(true)}>
              Apply what differs
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}
