import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import type { Connection } from '../api/types.js';
import { formatDuration } from '../format/instants.js';
import { formatNumber } from '../format/counts.js';
import { Badge } from '../parts/badge.js';
import { ButtonLink } from '../parts/button-link.js';
import { DataTable } from '../parts/data-table.js';
import { Loaded } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { statusOf, withoutRemovedDemo } from './describe-connection.js';

/** Every tenant that is, or was, connected. */
export function ConnectionsPage(): ReactElement {
  const connections = useQuery({ ...queries.connections(), select: withoutRemovedDemo });
  const mayConfigure = useMay('sync.configure');
  return (
    <Page
      title="Connections"
      subtitle="Each is one Microsoft Entra tenant, with its application, its groups and its rules."
      actions={
        mayConfigure && (
          <ButtonLink to="/connections/new" appearance="primary">
            Add new integration
          </ButtonLink>
        )
      }
    >
      <Panel bare>
        <Loaded query={connections}>
          {(items) =>
            items.length === 0 ? (
              <Empty title="No tenant is connected yet.">
                <p>You need an application registration in Entra; the wizard leads you through it, step by step.</p>
                {mayConfigure && <PageLink to="/connections/new">Connect a tenant</PageLink>}
              </Empty>
            ) : (
              <ConnectionTable connections={items} />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

function ConnectionTable({ connections }: { readonly connections: readonly Connection[] }): ReactElement {
  return (
    <DataTable
      caption="Connections"
      rows={connections}
      keyOf={({ id }) => id}
      columns={[
        {
          heading: 'Name',
          cell: ({ id, name, cloud }) => (
            <span>
              <PageLink to="/connections/$connectionId" params={{ connectionId: id }}>
                {name}
              </PageLink>{' '}
              {cloud === 'simulated' && <Badge tone="plain">Simulated</Badge>}
            </span>
          ),
        },
        { heading: 'Status', narrow: true, cell: (connection) => <Status connection={connection} /> },
        {
          heading: 'Groups',
          cell: ({ scope, watchedGroups }) =>
            scope.mode === 'allUsers'
              ? 'the whole tenant'
              : watchedGroups.map(({ id, displayName }) => displayName ?? id).join(', '),
        },
        { heading: 'People', numeric: true, cell: ({ id }) => <PeopleCount connectionId={id} /> },
        { heading: 'Half of the changes within', numeric: true, cell: ({ id }) => <Median connectionId={id} /> },
      ]}
    />
  );
}

function useHealth(connectionId: string) {
  return useQuery({ ...queries.health(connectionId), enabled: isOffered('get /connections/{id}/health') }).data;
}

function Status({ connection }: { readonly connection: Connection }): ReactElement {
  const { word, tone } = statusOf(connection, useHealth(connection.id));
  return <Badge tone={tone}>{word}</Badge>;
}

function PeopleCount({ connectionId }: { readonly connectionId: string }): ReactElement {
  const health = useHealth(connectionId);
  return <>{health === undefined ? '' : formatNumber(health.people.active + health.people.inactive)}</>;
}

function Median({ connectionId }: { readonly connectionId: string }): ReactElement {
  const median = useHealth(connectionId)?.latency['24h'].noticedToApplied.p50Ms ?? null;
  return <>{median === null ? '–' : formatDuration(median)}</>;
}
