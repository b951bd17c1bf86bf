import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMe } from '../app/session.js';
import { queries } from '../api/queries.js';
import { useGroupNames } from '../people/use-names.js';
import { DataTable } from '../parts/data-table.js';
import { Instant } from '../parts/instant.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Panel } from '../parts/page.js';
import { HeldPerson } from './held-person.js';
import { endingOf, wouldWords } from './held-words.js';

interface ClosedHoldsPanelProps {
  readonly connectionId: string | undefined;
  readonly groupId: string | undefined;
}

/** What was held and is not any more, the newest first: who decided, or the note with which it dissolved. */
export function ClosedHoldsPanel({ connectionId, groupId }: ClosedHoldsPanelProps): ReactElement {
  const closed = useInfiniteQuery(queries.held({ connectionId, groupId, state: 'closed' }));
  const groupName = useGroupNames();
  const me = useMe();
  return (
    <Panel title="Not held any more" bare>
      <LoadedList
        query={closed}
        noun={['change', 'changes']}
        empty={
          <Empty title="Nothing was released, rejected or dissolved yet.">
            <p>Whatever was held stays listed here with who decided, or with a note of why it dissolved by itself.</p>
          </Empty>
        }
      >
        {(items) => (
          <DataTable
            caption="Not held any more"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { heading: 'Who', name: true, cell: (item) => <HeldPerson change={item} /> },
              {
                heading: 'Would',
                cell: ({ action, groupId: group }) => `${wouldWords(action)}${group === null ? '' : ` ${groupName(group)}`}`,
              },
              {
                heading: 'Why it was held',
                cell: ({ reason }) => <span title={reason.code}>{reason.message}</span>,
              },
              {
                heading: 'How it ended',
                cell: (item) => [endingOf(item, me), item.closed?.note].filter(Boolean).join(': '),
              },
              { heading: 'When', instant: true, cell: ({ closed: end }) => end !== null && <Instant at={end.at} exact /> },
            ]}
          />
        )}
      </LoadedList>
    </Panel>
  );
}
