import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';
import type { GroupMember } from '../api/types.js';
import { Badge } from '../parts/badge.js';
import { DataTable } from '../parts/data-table.js';
import { Mono } from '../parts/facts.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { statusNames, statusTones } from './account-words.js';
import { useGroupNames } from './use-names.js';

const route = getRouteApi('/groups/$connectionId/$groupId');

/** Whoever is in the group in Entra, or is kept here although they are not; also those without an account, with the reason. */
export function GroupPage(): ReactElement {
  const { connectionId, groupId } = route.useParams();
  const members = useInfiniteQuery(queries.members(connectionId, groupId));
  const groupName = useGroupNames();
  const isLive = useQuery(queries.connection(connectionId)).data?.settings.trigger.live !== false;
  return (
    <Page title={groupName(groupId) || 'Group'} subtitle={<Mono>{groupId}</Mono>}>
      <Panel bare>
        <LoadedList
          query={members}
          noun={['person', 'people']}
          empty={
            <Empty title="Nobody is in this group.">
              <p>Add people to it in Entra; they appear here by themselves.</p>
            </Empty>
          }
        >
          {(items) => (
            <DataTable
              caption="Members"
              rows={items}
              keyOf={({ entraObjectId }) => entraObjectId}
              columns={[
                { heading: 'Name', name: true, cell: (member) => <MemberName member={member} /> },
                {
                  heading: 'Account',
                  narrow: true,
                  cell: ({ status }) =>
                    status === null ? 'none' : <Badge tone={statusTones[status]}>{statusNames[status]}</Badge>,
                },
                { heading: 'In Entra', narrow: true, cell: ({ inDirectory }) => (inDirectory ? 'member' : 'not any more') },
                { heading: 'Here', narrow: true, cell: ({ granted }) => (granted ? 'member' : 'no') },
                { heading: 'Why', cell: (member) => <WhyDifferent member={member} isLive={isLive} /> },
              ]}
            />
          )}
        </LoadedList>
      </Panel>
    </Page>
  );
}

function MemberName({ member }: { readonly member: GroupMember }): ReactElement {
  const name = member.displayName ?? member.entraObjectId;
  if (member.accountId === null) return <>{name}</>;
  return (
    <PageLink to="/people/$accountId" params={{ accountId: member.accountId }}>
      {name}
    </PageLink>
  );
}

interface WhyDifferentProps {
  readonly member: GroupMember;
  readonly isLive: boolean;
}

function WhyDifferent({ member, isLive }: WhyDifferentProps): ReactElement | null {
  const { kept, skipped, inDirectory, granted } = member;
  if (kept === 'held') return <PageLink to="/held-changes">the removal is held for a decision</PageLink>;
  if (kept === 'pinned') return <>kept by hand against the directory</>;
  if (skipped === null) return inDirectory !== granted && !isLive ? <>waits for the next full sync: live sync is off</> : null;
  return (
    <span>
      {skipped.message} <code>{skipped.code}</code>
    </span>
  );
}
