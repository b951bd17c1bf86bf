import { Tab, TabList } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { compareSides, type CompareSide } from '../app/search-params.js';
import { everyItem, queries } from '../api/queries.js';
import type { ComparedRow, Comparison } from '../api/types.js';
import { jsonCell, type CsvColumn } from '../format/csv.js';
import { formatNumber, listed, people } from '../format/counts.js';
import { changedFields } from '../format/effects.js';
import { useConnectionNames, useGroupNames } from '../people/use-names.js';
import { Badge } from '../parts/badge.js';
import { ButtonLink } from '../parts/button-link.js';
import { ExportButton } from '../parts/export-button.js';
import { DataTable, type Column } from '../parts/data-table.js';
import { FieldChanges } from '../parts/field-changes.js';
import { Instant } from '../parts/instant.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import parts from '../parts/parts.module.css';
import { PageLink } from '../parts/router-link.js';
import { actionNames, actionTones } from '../runs/plan-words.js';

const route = getRouteApi('/connections/$connectionId/compare');

const SIDES: Readonly<Record<CompareSide, { title: string; agree: string }>> = {
  onlyInEntra: { title: 'Only in Entra', agree: 'Whoever is in Entra is here too.' },
  different: { title: 'Different', agree: 'Nobody differs.' },
  onlyHere: { title: 'Only here', agree: 'Whoever is here is in Entra too.' },
};

const MOST_EXPORTED = 50_000;

const csvOf = (groupName: (groupId: string) => string): readonly CsvColumn<ComparedRow>[] => [
  ['Person', ({ displayName }) => displayName],
  ['A full sync would', wouldDo],
  ['Group', ({ groupId }) => (groupId === null ? null : groupName(groupId))],
  ['Here', ({ before }) => jsonCell(before)],
  ['In Entra', ({ after }) => jsonCell(after)],
  ['Why', ({ reason }) => reason?.message],
  ['Code', ({ reason }) => reason?.code],
  ['Group ID', ({ groupId }) => groupId],
  ['Entra object ID', ({ entraObjectId }) => entraObjectId],
  ['Account ID', ({ accountId }) => accountId],
];

const wouldDo = ({ action, reason }: ComparedRow): string => (reason === null ? actionNames[action] : 'Change nothing');

/** What Entra and Rollcall see differently, by the newest complete read. */
export function ComparePage(): ReactElement {
  const { connectionId } = route.useParams();
  const { side = 'onlyInEntra' } = route.useSearch();
  const navigate = useNavigate();
  const rows = useInfiniteQuery(queries.comparison(connectionId, side));
  const connectionName = useConnectionNames();
  const groupName = useGroupNames();
  const comparison = rows.data?.pages[0];
  return (
    <Page
      title={`Compare ${connectionName(connectionId)} with Entra`}
      subtitle={
        <>
          <PageLink to="/connections/$connectionId" params={{ connectionId }}>
            Back to the connection
          </PageLink>
          {comparison !== undefined && <ReadSentence comparison={comparison} />}
        </>
      }
      actions={
        <>
          <ExportButton
            name={`comparison-${side}`}
            columns={csvOf(groupName)}
            most={MOST_EXPORTED}
            load={(most) => everyItem<ComparedRow>('get /connections/{id}/comparison', { side }, most, { id: connectionId })}
          />
          <ButtonLink to="/sync-runs" search={{ connectionId }}>
            Full sync
          </ButtonLink>
        </>
      }
    >
      <TabList
        className={parts['tabs'] ?? ''}
        selectedValue={side}
        onTabSelect={(_, { value }) =>
          void navigate({
            to: '/connections/$connectionId/compare',
            params: { connectionId },
            search: { side: compareSides.find((known) => known === value) },
            replace: true,
          })
        }
      >
        {compareSides.map((key) => (
          <Tab key={key} value={key}>
            {SIDES[key].title}
            {comparison !== undefined && comparison.run !== null && ` (${formatNumber(comparison.counts[key])})`}
          </Tab>
        ))}
      </TabList>
      <Panel bare>
        <LoadedList
          query={rows}
          noun={['line', 'lines']}
          empty={
            comparison?.run === null ? (
              <Empty title="Nothing was read completely yet.">
                <p>A full sync reads everything; then both sides can be compared.</p>
              </Empty>
            ) : (
              <Empty title={SIDES[side].agree} />
            )
          }
        >
          {(items) => <ComparedTable rows={items} />}
        </LoadedList>
      </Panel>
    </Page>
  );
}

function ReadSentence({ comparison }: { readonly comparison: Comparison }): ReactElement {
  const { run, unconfirmed } = comparison;
  const groupName = useGroupNames();
  if (run === null) return <> · No complete read yet.</>;
  return (
    <>
      {' '}
      · As read by{' '}
      <PageLink to="/sync-runs/$runId" params={{ runId: run.id }}>
        the run
      </PageLink>{' '}
      of <Instant at={run.comparedAt} exact />.
      {run.unreadGroupIds.length > 0 && ` Could not be read: ${listed(run.unreadGroupIds.map(groupName))}.`}
      {unconfirmed > 0 && ` Not listed by the read, but not confirmed as gone either: ${people(unconfirmed)}.`}
    </>
  );
}

function ComparedTable({ rows }: { readonly rows: readonly ComparedRow[] }): ReactElement {
  const groupName = useGroupNames();
  return (
    <DataTable
      caption="Differences"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { heading: 'Who', name: true, cell: (row) => <Who row={row} /> },
        {
          heading: 'A full sync would',
          narrow: true,
          cell: (row) => <Badge tone={row.reason === null ? actionTones[row.action] : 'plain'}>{wouldDo(row)}</Badge>,
        },
        ...columnsOf(rows, groupName),
      ]}
    />
  );
}

/** Those that say something of these rows; each side of the comparison has others. */
function columnsOf(rows: readonly ComparedRow[], groupName: (groupId: string) => string): Column<ComparedRow>[] {
  const columns: { readonly isNeeded: (row: ComparedRow) => boolean; readonly column: Column<ComparedRow> }[] = [
    {
      isNeeded: ({ groupId }) => groupId !== null,
      column: { heading: 'Group', name: true, cell: ({ groupId }) => (groupId === null ? '' : groupName(groupId)) },
    },
    {
      isNeeded: ({ before, after }) => changedFields(before, after).length > 0,
      column: {
        heading: 'Here → in Entra',
        cell: ({ before, after }) => <FieldChanges before={before} after={after} />,
      },
    },
    {
      isNeeded: ({ reason }) => reason !== null,
      column: {
        heading: 'Why',
        cell: ({ reason, action }) =>
          reason !== null && (
            <span>
              {reason.message}
              {action === 'deactivate' && '; a held change, a pin or protection keeps the account'} <code>{reason.code}</code>
            </span>
          ),
      },
    },
  ];
  return columns.filter(({ isNeeded }) => rows.some(isNeeded)).map(({ column }) => column);
}

function Who({ row }: { readonly row: ComparedRow }): ReactElement {
  const name = row.displayName ?? row.entraObjectId;
  if (row.accountId === null) {
    return (
      <PageLink to="/find" search={{ q: row.entraObjectId }}>
        {name}
      </PageLink>
    );
  }
  return (
    <PageLink to="/people/$accountId" params={{ accountId: row.accountId }}>
      {name}
    </PageLink>
  );
}
