import { Button, Field, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactElement } from 'react';
import { isNarrowed, plannedActions, type PlanSearch } from '../app/search-params.js';
import { useMay, useMe } from '../app/session.js';
import { commands } from '../api/commands.js';
import { isOffered } from '../api/offered.js';
import { everyItem, queries, type PlanFilter } from '../api/queries.js';
import type { PlanDecision, PlannedChange, SyncRun } from '../api/types.js';
import { actorAmong } from '../format/actor-name.js';
import { jsonCell, type CsvColumn } from '../format/csv.js';
import { counted } from '../format/counts.js';
import { fieldName } from '../format/effects.js';
import { useGroupNames } from '../people/use-names.js';
import { ExportButton } from '../parts/export-button.js';
import { LoadedList, LoadedPage } from '../parts/loaded.js';
import { Empty, Filters, Page, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { PageLink } from '../parts/router-link.js';
import { SearchField } from '../parts/search-field.js';
import form from '../settings/form.module.css';
import { ApproveDialog } from './approve-dialog.js';
import { FirstApprovalNote } from './first-approval.js';
import { fieldsOf, linesOfField, personOf } from './filter-plan.js';
import { PlanTable } from './plan-table.js';
import { actionNames, decisionNames, outcomeNames } from './plan-words.js';

const route = getRouteApi('/sync-runs/$runId/plan');

const MOST_EXPORTED = 50_000;

const csvOf = (groupName: (groupId: string) => string): readonly CsvColumn<PlannedChange>[] => [
  ['Person', personOf],
  ['Change', ({ action }) => actionNames[action]],
  ['Group', ({ groupId }) => (groupId === null ? null : groupName(groupId))],
  ['Before', ({ before }) => jsonCell(before)],
  ['After', ({ after }) => jsonCell(after)],
  ['Fields kept', ({ keptFields }) => keptFields.map(fieldName).join('; ')],
  ['Decision', ({ action, decision }) => (action === 'skip' ? null : decisionNames[decision])],
  ['Outcome', ({ outcome }) => (outcome === null ? null : outcomeNames[outcome])],
  ['Why', ({ reason }) => reason?.message],
  ['Code', ({ reason }) => reason?.code],
  ['Group ID', ({ groupId }) => groupId],
  ['Entra object ID', ({ entraObjectId }) => entraObjectId],
  ['Account ID', ({ accountId }) => accountId],
];

/** What a run would do, line by line: filter it, take lines out and back, approve exactly what is shown. */
export function PlanPage(): ReactElement {
  const { runId } = route.useParams();
  const run = useQuery(queries.run(runId));
  return (
    <LoadedPage query={run} title="The plan">
      {(found) => <PlanView run={found} />}
    </LoadedPage>
  );
}

function PlanView({ run }: { readonly run: SyncRun }): ReactElement {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const { field, group, ...asked } = filter;
  const whole = useInfiniteQuery(queries.plan(run.id));
  const plan = useInfiniteQuery(queries.plan(run.id, { ...asked, groupId: group }));
  const groupName = useGroupNames();
  const changes = useMemo(() => whole.data?.pages.flatMap(({ items }) => items) ?? [], [whole.data]);
  const shown = useMemo(() => linesOfField(plan.data?.pages.flatMap(({ items }) => items) ?? [], field), [plan.data, field]);
  const change = (part: PlanSearch) =>
    void navigate({ to: '/sync-runs/$runId/plan', params: { runId: run.id }, search: { ...filter, ...part }, replace: true });
  const groupIds = [...new Set(changes.map(({ groupId }) => groupId).filter((groupId) => groupId !== null))];
  const isOpen = run.state === 'awaitingReview';
  const me = useMe();
  return (
    <Page
      title={isOpen ? 'Review the plan' : 'The plan'}
      subtitle={
        <>
          <PageLink to="/sync-runs/$runId" params={{ runId: run.id }}>
            Back to the run
          </PageLink>
          {isOpen && ' · Only lines that are switched on happen, and only if they still fit by then.'}
        </>
      }
      actions={
        <>
          <ExportButton
            name={`plan-${run.id}`}
            columns={csvOf(groupName)}
            most={MOST_EXPORTED}
            load={async (most) => linesOfField(await everyPlanned(run.id, { ...asked, groupId: group }, most), field)}
          />
          {isOpen && <Approve run={run} changes={changes} isComplete={!whole.hasNextPage} />}
        </>
      }
    >
      {isOpen && run.firstApproval != null && <FirstApprovalNote approval={run.firstApproval} what="this plan" />}
      {run.approvedBy !== null && (
        <MessageBar intent="info">
          <MessageBarBody>
            This plan was approved by {actorAmong(run.approvedBy, me, run.actors)}; it cannot be changed any more.
          </MessageBarBody>
        </MessageBar>
      )}
      <Filters>
        <SearchField label="Person or value" value={filter.q ?? ''} onChange={(q) => change({ q: q === '' ? undefined : q })} />
        <Choice
          label="Change"
          value={filter.action}
          choices={plannedActions}
          nameOf={(action) => actionNames[action]}
          onChange={(action) => change({ action })}
        />
        <Choice
          label="Decision"
          value={filter.decision}
          choices={['apply', 'skip'] as const}
          nameOf={(decision) => decisionNames[decision]}
          onChange={(decision) => change({ decision })}
        />
        <Choice
          label="Group"
          value={filter.group}
          choices={groupIds}
          nameOf={groupName}
          onChange={(group) => change({ group })}
        />
        <Choice
          label="Field"
          value={filter.field}
          choices={fieldsOf(changes)}
          nameOf={fieldName}
          onChange={(field) => change({ field })}
        />
      </Filters>
      {isOpen && <DecideShown run={run} shown={shown} filter={filter} />}
      <Panel bare>
        <LoadedList
          query={plan}
          noun={['line', 'lines']}
          shown={shown.length}
          empty={
            isNarrowed(filter) ? (
              <Empty title="No line fits these filters." />
            ) : (
              <Empty title="The plan is empty.">
                <p>Entra and Rollcall agree: there is nothing to change.</p>
              </Empty>
            )
          }
        >
          {() =>
            shown.length === 0 ? (
              <Empty title="No line fits these filters." />
            ) : (
              <PlanTable run={run} changes={shown} mayDecide={isOpen} />
            )
          }
        </LoadedList>
      </Panel>
    </Page>
  );
}

const everyPlanned = (id: string, filter: PlanFilter, most: number): Promise<PlannedChange[]> =>
  everyItem<PlannedChange>('get /sync-runs/{id}/changes', { ...filter }, most, { id });

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value | undefined;
  readonly choices: readonly Value[];
  readonly nameOf?: (value: Value) => string;
  readonly onChange: (value: Value | undefined) => void;
}

function Choice<Value extends string>({
  label,
  value,
  choices,
  nameOf = String,
  onChange,
}: ChoiceProps<Value>): ReactElement | null {
  if (choices.length === 0) return null;
  return (
    <Field label={label}>
      <Select value={value ?? ''} onChange={(_, data) => onChange(choices.find((choice) => choice === data.value))}>
        <option value="">Any</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {nameOf(choice)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface DecideShownProps {
  readonly run: SyncRun;
  readonly shown: readonly PlannedChange[];
  readonly filter: PlanSearch;
}

/** Takes every line that the filters show out of the plan, or back into it. */
function DecideShown({ run, shown, filter }: DecideShownProps): ReactElement | null {
  const mayDecide = useMay('sync.run');
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: (decision: PlanDecision) =>
      commands.decideChanges(
        run.id,
        shown.map(({ id }) => id),
        decision,
      ),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['plan', run.id] });
      await client.invalidateQueries({ queryKey: ['runs', run.id] });
    },
  });
  const isFiltered = isNarrowed(filter);
  if (!mayDecide || !isFiltered || shown.length === 0) return null;
  return (
    <div className={form['actions']}>
      <span>{counted(shown.length, 'line')} shown:</span>
      <Button size="small" disabled={decide.isPending} onClick={() => decide.mutate('skip')}>
        Take them out
      </Button>
      <Button size="small" disabled={decide.isPending} onClick={() => decide.mutate('apply')}>
        Put them back
      </Button>
      {decide.isError && <ProblemBox error={decide.error} />}
    </div>
  );
}

interface ApproveProps {
  readonly run: SyncRun;
  readonly changes: readonly PlannedChange[];
  readonly isComplete: boolean;
}

function Approve({ run, changes, isComplete }: ApproveProps): ReactElement | null {
  const [isAsking, setAsking] = useState(false);
  const mayApprove = useMay('sync.approve');
  if (!mayApprove || run.planHash === null || !isOffered('post /sync-runs/{id}/approve')) return null;
  return (
    <>
      <Button appearance="primary" onClick={() => setAsking(true)}>
        Approve
      </Button>
      {isAsking && <ApproveDialog run={run} changes={changes} isComplete={isComplete} onClose={() => setAsking(false)} />}
    </>
  );
}
