import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { queries } from '../api/queries.js';
import { ConnectionFilter } from '../connections/connection-filter.js';
import { asSentence } from '../format/as-sentence.js';
import { useConnectionNames } from '../people/use-names.js';
import { Badge } from '../parts/badge.js';
import { ButtonLink } from '../parts/button-link.js';
import { DataTable } from '../parts/data-table.js';
import { Instant } from '../parts/instant.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Filters, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { kindNames, reasonNames, runSentence, stateNames, stateTone } from './run-words.js';
import { TriggerFullSync } from './trigger-full-sync.js';

const route = getRouteApi('/sync-runs');

/** Every run, newest first, and the button that starts one. */
export function RunsPage(): ReactElement {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const runs = useInfiniteQuery(queries.runs(filter));
  const connections = useQuery(queries.connections());
  const mayRun = useMay('sync.run');
  const mayApprove = useMay('sync.approve');
  const connectionName = useConnectionNames();
  const there = (connections.data ?? []).filter(
    ({ id, state }) => state !== 'disconnected' && (filter.connectionId === undefined || filter.connectionId === id),
  );
  // Before a connection was ever enabled there is nothing to keep equal: its preview says what would come.
  const runnable = there.filter(({ state }) => state !== 'created');
  return (
    <Page
      title="Full sync"
      subtitle="Reads every watched group from Entra, compares it with what is here, and applies the difference. Live sync keeps people equal anyway; a full sync proves it."
      actions={
        <>
          {mayApprove && runnable.length > 0 && (
            <ButtonLink to="/sync-runs/undo" search={{ connectionId: filter.connectionId }}>
              Undo a span of time
            </ButtonLink>
          )}
          {mayRun && runnable.length > 0 && <TriggerFullSync connections={runnable} />}
        </>
      }
    >
      <Filters>
        <ConnectionFilter
          value={filter.connectionId}
          onChange={(connectionId) => void navigate({ to: '/sync-runs', search: { connectionId }, replace: true })}
        />
      </Filters>
      <Panel bare>
        <LoadedList
          query={runs}
          noun={['run', 'runs']}
          empty={
            <Empty title="No run yet.">
              <p>
                <HowOneStarts isRunnable={runnable.length > 0} isConnected={there.length > 0} />
              </p>
            </Empty>
          }
        >
          {(items) => (
            <DataTable
              caption="Sync runs"
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                {
                  heading: 'Requested',
                  narrow: true,
                  cell: ({ id, requestedAt }) => (
                    <PageLink to="/sync-runs/$runId" params={{ runId: id }}>
                      <Instant at={requestedAt} exact />
                    </PageLink>
                  ),
                },
                { heading: 'What', narrow: true, cell: ({ kind, undone }) => `${kindNames[kind]}${undone ? ' (undone)' : ''}` },
                { heading: 'Why', narrow: true, cell: ({ reason }) => reasonNames[reason] ?? reason },
                ...(runnable.length > 1
                  ? [
                      {
                        heading: 'Connection',
                        cell: ({ connectionId }: { connectionId: string }) => connectionName(connectionId),
                      },
                    ]
                  : []),
                {
                  heading: 'State',
                  narrow: true,
                  cell: ({ state }) => <Badge tone={stateTone(state)}>{stateNames[state]}</Badge>,
                },
                {
                  heading: 'Result',
                  cell: (run) => (run.error === null ? runSentence(run) : asSentence(run.error.message)),
                },
              ]}
            />
          )}
        </LoadedList>
      </Panel>
    </Page>
  );
}

interface HowOneStartsProps {
  readonly isRunnable: boolean;
  readonly isConnected: boolean;
}

function HowOneStarts({ isRunnable, isConnected }: HowOneStartsProps): ReactElement {
  if (isRunnable) return <>One starts by itself when a connection is enabled, and by its schedule. You can also trigger one.</>;
  if (isConnected) {
    return (
      <>
        The first one starts by itself when <PageLink to="/connections">the connection</PageLink> is enabled.
      </>
    );
  }
  return (
    <>
      <PageLink to="/connections/new">Connect a tenant</PageLink>; a run starts by itself when it is enabled, and by its schedule.
    </>
  );
}
