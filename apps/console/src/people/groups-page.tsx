import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';
import { formatNumber } from '../format/counts.js';
import { DataTable } from '../parts/data-table.js';
import { Mono } from '../parts/facts.js';
import { Loaded } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { useConnectionNames } from './use-names.js';

/** The groups of the directory that are, or were, watched. */
export function GroupsPage(): ReactElement {
  const groups = useQuery(queries.groups());
  const connectionName = useConnectionNames();
  return (
    <Page title="Groups" subtitle="Whoever is in one of these groups in Entra belongs here.">
      <Panel bare>
        <Loaded query={groups}>
          {(items) =>
            items.length === 0 ? (
              <Empty title="No group is watched yet.">
                <p>
                  <PageLink to="/connections">Connect a tenant</PageLink> and name the groups whose people belong here.
                </p>
              </Empty>
            ) : (
              <DataTable
                caption="Groups"
                rows={items}
                keyOf={({ id, connectionId }) => `${connectionId} ${id}`}
                columns={[
                  {
                    heading: 'Group',
                    cell: ({ id, connectionId, displayName }) => (
                      <PageLink to="/groups/$connectionId/$groupId" params={{ connectionId, groupId: id }}>
                        {displayName ?? id}
                      </PageLink>
                    ),
                  },
                  { heading: 'Connection', cell: ({ connectionId }) => connectionName(connectionId) },
                  { heading: 'Object ID', cell: ({ id }) => <Mono>{id}</Mono> },
                  { heading: 'People', numeric: true, cell: ({ memberCount }) => formatNumber(memberCount) },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}
