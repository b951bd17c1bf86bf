import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMe } from '../app/session.js';
import { queries } from '../api/queries.js';
import type { Pin } from '../api/types.js';
import { actorName } from '../format/actor-name.js';
import { useGroupNames } from '../people/use-names.js';
import { DataTable } from '../parts/data-table.js';
import { Instant } from '../parts/instant.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { LiftPin } from './lift-pin.js';
import { pinReason, whatIsKept } from './pin-words.js';

interface PinsPanelProps {
  readonly connectionId: string | undefined;
  readonly groupId: string | undefined;
}

/** What was rejected or undone, and stays so against the directory. */
export function PinsPanel({ connectionId, groupId }: PinsPanelProps): ReactElement {
  const pins = useInfiniteQuery(queries.pins({ connectionId, groupId }));
  const groupName = useGroupNames();
  const me = useMe();
  return (
    <Panel title="Pinned" bare>
      <LoadedList
        query={pins}
        noun={['pin', 'pins']}
        empty={
          <Empty title="Nothing is pinned.">
            <p>
              What you reject or undo stays so against the directory, until the tenant changes it again or you lift the pin here.
            </p>
          </Empty>
        }
      >
        {(items) => (
          <DataTable
            caption="Pins"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { heading: 'Who', name: true, cell: (pin) => <PinnedPerson pin={pin} /> },
              { heading: 'What', cell: (pin) => whatIsKept(pin, groupName) },
              { heading: 'Why', cell: ({ reason }) => pinReason(reason) },
              { heading: 'By', cell: ({ pinnedBy, pinnedByName }) => actorName(pinnedBy, me, pinnedByName) },
              { heading: 'Since', instant: true, cell: ({ pinnedAt }) => <Instant at={pinnedAt} exact /> },
              { heading: 'Lift', narrow: true, cell: (pin) => <LiftPin pinId={pin.id} what={nameOf(pin)} /> },
            ]}
          />
        )}
      </LoadedList>
    </Panel>
  );
}

const nameOf = ({ displayName, entraObjectId }: Pick<Pin, 'displayName' | 'entraObjectId'>) => displayName ?? entraObjectId;

function PinnedPerson({ pin }: { readonly pin: Pin }): ReactElement {
  if (pin.accountId === null) return <>{nameOf(pin)}</>;
  return (
    <PageLink to="/people/$accountId" params={{ accountId: pin.accountId }}>
      {nameOf(pin)}
    </PageLink>
  );
}
