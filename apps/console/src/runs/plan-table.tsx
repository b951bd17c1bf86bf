import { Checkbox, Switch } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import type { PlanDecision, PlannedChange, SyncRun } from '../api/types.js';
import { changedFields, changeText } from '../format/effects.js';
import { useGroupNames } from '../people/use-names.js';
import { AddressText } from '../parts/address-text.js';
import { Badge } from '../parts/badge.js';
import { DataTable } from '../parts/data-table.js';
import { ProblemBox } from '../parts/problem-box.js';
import { PageLink } from '../parts/router-link.js';
import { personOf } from './filter-plan.js';
import { actionNames, actionTones, decisionNames, outcomeNames } from './plan-words.js';

interface PlanTableProps {
  readonly run: SyncRun;
  readonly changes: readonly PlannedChange[];
  readonly mayDecide: boolean;
}

interface Choice {
  readonly id: string;
  readonly decision?: PlanDecision;
  readonly keepFields?: string[];
}

/** The lines, each with its switch; of an update every field has one too. */
export function PlanTable({ run, changes, mayDecide }: PlanTableProps): ReactElement {
  const groupName = useGroupNames();
  const canDecide = useMay('sync.run') && mayDecide;
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: ({ id, ...choice }: Choice) => commands.decideChange(run.id, id, choice),
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
          { heading: 'Who', name: true, cell: (change) => <PlannedPerson change={change} /> },
          {
            heading: 'Change',
            narrow: true,
            cell: ({ action }) => <Badge tone={actionTones[action]}>{actionNames[action]}</Badge>,
          },
          {
            heading: 'What',
            cell: (change) => (
              <span>
                {change.groupId !== null && groupName(change.groupId)}
                <PlannedFields
                  change={change}
                  canDecide={canDecide}
                  onKeep={(keepFields) => decide.mutate({ id: change.id, keepFields })}
                />
                {change.carriedOver && <Badge tone="plain">decided in the plan before</Badge>}
                {change.reason !== null && (
                  <>
                    {change.reason.message} <code>{change.reason.code}</code>
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
              ) : change.action === 'skip' ? (
                ''
              ) : (
                decisionNames[change.decision]
              ),
          },
          ...(mayDecide
            ? []
            : [
                {
                  heading: 'Outcome',
                  narrow: true,
                  cell: ({ outcome }: PlannedChange) => (outcome === null ? '' : outcomeNames[outcome]),
                },
              ]),
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

interface PlannedFieldsProps {
  readonly change: PlannedChange;
  readonly canDecide: boolean;
  readonly onKeep: (keepFields: string[]) => void;
}

/** Before and after, field by field; a field that is taken out stays as it is here. */
function PlannedFields({ change, canDecide, onKeep }: PlannedFieldsProps): ReactElement {
  const { before, after, keptFields } = change;
  const fields = changedFields(before, after);
  if (!canDecide || change.action !== 'update') return <AddressText>{fields.map(changeText).join(' · ')}</AddressText>;
  return (
    <>
      {fields.map((field) => (
        <Checkbox
          key={field.field}
          label={changeText(field)}
          checked={!keptFields.includes(field.field)}
          onChange={(_, { checked }) =>
            onKeep(checked === true ? keptFields.filter((kept) => kept !== field.field) : [...keptFields, field.field])
          }
        />
      ))}
    </>
  );
}
