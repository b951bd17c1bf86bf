import { Switch } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import { isOffered } from '../api/offered.js';
import type { PlanDecision, PlannedChange, SyncRun } from '../api/types.js';
import { changedFields } from '../format/effects.js';
import { useGroupNames } from '../people/use-names.js';
import { Badge } from '../parts/badge.js';
import { DataTable } from '../parts/data-table.js';
import { ProblemBox } from '../parts/problem-box.js';
import { PageLink } from '../parts/router-link.js';
import { personOf } from './filter-plan.js';
import { actionNames, actionTones } from './plan-words.js';

interface PlanTableProps {
  readonly run: SyncRun;
  readonly changes: readonly PlannedChange[];
  readonly mayDecide: boolean;
}

export function PlanTable({ run, changes, mayDecide }: PlanTableProps): ReactElement {
  const groupName = useGroupNames();
  const canDecide = useMay('sync.approve') && mayDecide && isOffered('patch /sync-runs/{id}/changes/{changeId}');
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: PlanDecision }) => commands.decideChange(run.id, id, decision),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['plan', run.id] });
      await client.invalidateQueries({ queryKey: ['runs', run.id] });
    },
  });
  return (
    <>
      {decide.isError && <ProblemBox error={decide.error} />}
      <DataTable
        caption="Plan"
        rows={changes}
        keyOf={({ id }) => id}
        columns={[
          { heading: 'Who', cell: (change) => <PlannedPerson change={change} /> },
          {
            heading: 'Change',
            narrow: true,
            cell: ({ action }) => <Badge tone={actionTones[action]}>{actionNames[action]}</Badge>,
          },
          {
            heading: 'What',
            cell: ({ groupId, before, after, reason }) => (
              <span>
                {groupId !== null && groupName(groupId)}
                {changedFields(before, after)
                  .map(
                    (field) =>
                      `${field.field}: ${field.before === '' ? 'nothing' : field.before} → ${field.after === '' ? 'nothing' : field.after}`,
                  )
                  .join(' · ')}{' '}
                {reason !== null && (
                  <>
                    {reason.message} <code>{reason.code}</code>
                  </>
                )}
              </span>
            ),
          },
          {
            heading: canDecide ? 'Apply' : 'Decision',
            narrow: true,
            cell: (change) =>
              canDecide && change.action !== 'skip' ? (
                <Switch
                  aria-label={`Apply: ${actionNames[change.action]} ${personOf(change)}`}
                  checked={change.decision === 'apply'}
                  onChange={(_, { checked }) => decide.mutate({ id: change.id, decision: checked ? 'apply' : 'skip' })}
                />
              ) : (
                change.decision
              ),
          },
          { heading: 'Outcome', narrow: true, cell: ({ outcome }) => outcome ?? '' },
        ]}
      />
    </>
  );
}

function PlannedPerson({ change }: { readonly change: PlannedChange }): ReactElement {
  if (change.accountId === null) return <>{personOf(change)}</>;
  return (
    <PageLink to="/people/$accountId" params={{ accountId: change.accountId }}>
      {personOf(change)}
    </PageLink>
  );
}
