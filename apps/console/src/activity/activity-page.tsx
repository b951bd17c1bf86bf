import { Button, Field, Select } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { isNarrowed } from '../app/search-params.js';
import { everyItem, queries } from '../api/queries.js';
import type { Activity } from '../api/types.js';
import { jsonCell, type CsvColumn } from '../format/csv.js';
import { causeName, effectTone, effectVerb } from '../format/effects.js';
import { formatDuration, millisecondsBetween } from '../format/instants.js';
import { ConnectionFilter } from '../connections/connection-filter.js';
import { useGroupNames } from '../people/use-names.js';
import { Badge } from '../parts/badge.js';
import { DataTable } from '../parts/data-table.js';
import { ExportButton } from '../parts/export-button.js';
import { FieldChanges } from '../parts/field-changes.js';
import { Instant } from '../parts/instant.js';
import { JsonDialog } from '../parts/json-dialog.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Filters, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { nameOf } from './effect-sentence.js';

const route = getRouteApi('/activity');
const MOST_EXPORTED = 50_000;
const CAUSES = ['event', 'run', 'person', 'recheck', 'settings'];

const csvOf = (groupName: (groupId: string) => string): readonly CsvColumn<Activity>[] => [
  ['Time', ({ appliedAt }) => appliedAt],
  ['Person', nameOf],
  ['What', ({ type }) => effectVerb(type)],
  ['Group', ({ groupId }) => (groupId === null ? null : groupName(groupId))],
  ['Cause', ({ cause }) => causeName(cause.kind)],
  ['Before', ({ before }) => jsonCell(before)],
  ['After', ({ after }) => jsonCell(after)],
  ['Group ID', ({ groupId }) => groupId],
  ['Cause ID', ({ cause }) => cause.id],
  ['Account ID', ({ accountId }) => accountId],
  ['Entra object ID', ({ entraObjectId }) => entraObjectId],
  ['Event type', ({ type }) => type],
  ['Event ID', ({ id }) => id],
];

/** A row per effect: who, what, why, before and after. */
export function ActivityPage(): ReactElement {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const activity = useInfiniteQuery(queries.activity(filter));
  const groupName = useGroupNames();
  const change = (part: Partial<typeof filter>) =>
    void navigate({ to: '/activity', search: { ...filter, ...part }, replace: true });
  const isFiltered = isNarrowed(filter);
  return (
    <Page
      title="Activity"
      subtitle="Everything that happened to accounts and memberships, newest first. Each row is also sent to other programs, as the event that JSON shows."
      actions={
        <ExportButton
          name="activity"
          columns={csvOf(groupName)}
          most={MOST_EXPORTED}
          load={(most) => everyItem<Activity>('get /activity', { ...filter }, most)}
        />
      }
    >
      <Filters>
        <ConnectionFilter value={filter.connectionId} onChange={(connectionId) => change({ connectionId })} />
        <Field label="Cause">
          <Select value={filter.cause ?? ''} onChange={(_, { value }) => change({ cause: value === '' ? undefined : value })}>
            <option value="">Any</option>
            {CAUSES.map((kind) => (
              <option key={kind} value={kind}>
                {causeName(kind)}
              </option>
            ))}
            {filter.cause !== undefined && !CAUSES.includes(filter.cause) && <option value={filter.cause}>{filter.cause}</option>}
          </Select>
        </Field>
        {isFiltered && (
          <Button appearance="subtle" onClick={() => change({ connectionId: undefined, account: undefined, cause: undefined })}>
            Clear
          </Button>
        )}
      </Filters>
      <Panel bare>
        <LoadedList
          query={activity}
          noun={['effect', 'effects']}
          empty={
            <Empty title={isFiltered ? 'Nothing fits these filters.' : 'Nothing has happened yet.'}>
              <p>As soon as a connection is enabled, whatever it changes is listed here.</p>
            </Empty>
          }
        >
          {(items) => <ActivityTable items={items} />}
        </LoadedList>
      </Panel>
    </Page>
  );
}

function ActivityTable({ items }: { readonly items: readonly Activity[] }): ReactElement {
  const groupName = useGroupNames();
  return (
    <DataTable
      caption="Activity"
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        { heading: 'When', instant: true, cell: ({ appliedAt }) => <Instant at={appliedAt} exact /> },
        {
          heading: 'Who',
          name: true,
          cell: (entry) => (
            <PageLink to="/people/$accountId" params={{ accountId: entry.accountId }}>
              {nameOf(entry)}
            </PageLink>
          ),
        },
        {
          heading: 'What',
          cell: ({ type, groupId }) => (
            <span>
              <Badge tone={effectTone(type)}>{effectVerb(type)}</Badge> {groupId !== null && groupName(groupId)}
            </span>
          ),
        },
        { heading: 'Before and after', cell: ({ before, after }) => <FieldChanges before={before} after={after} most={4} /> },
        { heading: 'Cause', narrow: true, cell: (entry) => <CauseOf entry={entry} /> },
        {
          heading: 'Took',
          numeric: true,
          narrow: true,
          cell: ({ noticedAt, appliedAt }) =>
            noticedAt === null ? '' : formatDuration(millisecondsBetween(noticedAt, appliedAt)),
        },
        {
          heading: 'Event',
          narrow: true,
          cell: (entry) => (
            <JsonDialog
              title="The effect, as the API has it"
              value={entry}
              trigger={
                <Button size="small" appearance="subtle">
                  JSON
                </Button>
              }
            />
          ),
        },
      ]}
    />
  );
}

function CauseOf({ entry }: { readonly entry: Activity }): ReactElement {
  if (entry.runId === null) return <span title={entry.cause.id}>{causeName(entry.cause.kind)}</span>;
  return (
    <PageLink to="/sync-runs/$runId" params={{ runId: entry.runId }}>
      {causeName(entry.cause.kind)}
    </PageLink>
  );
}
