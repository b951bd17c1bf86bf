import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import type { Connection, Group } from '../api/types.js';
import { formatNumber } from '../format/counts.js';
import { Badge } from '../parts/badge.js';
import { DataTable, type Column } from '../parts/data-table.js';
import { Mono } from '../parts/facts.js';
import { Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';

type WatchedGroup = Pick<Group, 'id' | 'displayName' | 'state'> & { readonly memberCount: number | null };

const STATES = { present: null, softDeleted: 'deleted in Entra', deleted: 'deleted for good', unwatched: 'not watched any more' };

const stateColumn: Column<WatchedGroup> = {
  heading: 'State',
  narrow: true,
  cell: ({ state }) => (STATES[state] === null ? '' : <Badge tone="warning">{STATES[state]}</Badge>),
};

/** The watched groups, and those that were. */
export function ConnectionGroups({ connection }: { readonly connection: Connection }): ReactElement {
  const { data } = useQuery({ ...queries.groups(connection.id), enabled: isOffered('get /groups') });
  const groups: readonly WatchedGroup[] =
    data ?? connection.watchedGroups.map((group) => ({ ...group, state: 'present', memberCount: null }));
  // Before it is enabled nothing is known of them, not that they are empty.
  const isRead = connection.state !== 'created';
  return (
    <Panel title="Watched groups" bare>
      <DataTable
        caption="Watched groups"
        rows={groups}
        keyOf={({ id }) => id}
        columns={[
          {
            heading: 'Group',
            cell: ({ id, displayName }) => (
              <PageLink to="/groups/$connectionId/$groupId" params={{ connectionId: connection.id, groupId: id }}>
                {displayName ?? (isRead ? id : 'Name not read yet')}
              </PageLink>
            ),
          },
          { heading: 'Object ID', cell: ({ id }) => <Mono>{id}</Mono> },
          // Shown where a group is not as it should be.
          ...(groups.some(({ state }) => STATES[state] !== null) ? [stateColumn] : []),
          {
            heading: 'People',
            numeric: true,
            cell: ({ memberCount }) => (memberCount === null || !isRead ? '' : formatNumber(memberCount)),
          },
        ]}
      />
    </Panel>
  );
}
