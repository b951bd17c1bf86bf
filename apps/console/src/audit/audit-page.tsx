import { Button } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMe } from '../app/session.js';
import { everyItem, queries } from '../api/queries.js';
import type { AuditEntry } from '../api/types.js';
import { ConnectionFilter } from '../connections/connection-filter.js';
import { actorName } from '../format/actor-name.js';
import { jsonCell, type CsvColumn } from '../format/csv.js';
import { useConnectionNames } from '../people/use-names.js';
import { DataTable } from '../parts/data-table.js';
import { ExportButton } from '../parts/export-button.js';
import { Instant } from '../parts/instant.js';
import { JsonDialog } from '../parts/json-dialog.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Filters, Page, Panel } from '../parts/page.js';
import { auditWords } from './audit-words.js';

const route = getRouteApi('/audit');
const MOST_EXPORTED = 50_000;

type Names = Readonly<Record<'ofActor' | 'ofConnection', (entry: AuditEntry) => string>>;

const csvOf = ({ ofActor, ofConnection }: Names): readonly CsvColumn<AuditEntry>[] => [
  ['Time', ({ at }) => at],
  ['Who', (entry) => entry.actor.displayName ?? ofActor(entry)],
  ['What', auditWords],
  ['Connection', ofConnection],
  ['Before', ({ before }) => jsonCell(before)],
  ['After', ({ after }) => jsonCell(after)],
  ['Who, ID', ({ actor }) => `${actor.kind}:${actor.id}`],
  ['Action', ({ action }) => action],
  ['Connection ID', ({ connectionId }) => connectionId],
];

/** Who did what by hand. */
export function AuditPage(): ReactElement {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const audit = useInfiniteQuery(queries.audit(filter));
  const connectionName = useConnectionNames();
  const me = useMe();
  const names: Names = {
    ofActor: ({ actor }) => actorName(`${actor.kind}:${actor.id}`, me, actor.displayName),
    ofConnection: ({ connectionId }) => (connectionId === null ? '' : connectionName(connectionId)),
  };
  return (
    <Page
      title="Audit"
      subtitle="Who changed a setting, approved, released or activated; what sync did by itself is in Activity."
      actions={
        <ExportButton
          name="audit"
          columns={csvOf(names)}
          most={MOST_EXPORTED}
          load={(most) => everyItem<AuditEntry>('get /audit', { ...filter }, most)}
        />
      }
    >
      <Filters>
        <ConnectionFilter
          value={filter.connectionId}
          onChange={(connectionId) => void navigate({ to: '/audit', search: { connectionId }, replace: true })}
        />
      </Filters>
      <Panel bare>
        <LoadedList
          query={audit}
          noun={['entry', 'entries']}
          empty={
            <Empty title="Nothing was changed by hand yet.">
              <p>Every setting, approval and release is listed here with who did it.</p>
            </Empty>
          }
        >
          {(items) => (
            <DataTable
              caption="Audit"
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { heading: 'When', narrow: true, cell: ({ at }) => <Instant at={at} exact /> },
                { heading: 'Who', cell: names.ofActor },
                { heading: 'What', cell: (entry) => <span title={entry.action}>{auditWords(entry)}</span> },
                { heading: 'Connection', cell: names.ofConnection },
                {
                  heading: 'Details',
                  narrow: true,
                  cell: ({ before, after }) => (
                    <JsonDialog
                      title="Before and after"
                      value={{ before, after }}
                      trigger={
                        <Button size="small" appearance="subtle">
                          Before and after
                        </Button>
                      }
                    />
                  ),
                },
              ]}
            />
          )}
        </LoadedList>
      </Panel>
    </Page>
  );
}
