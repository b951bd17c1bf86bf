import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';
import { Badge } from '../parts/badge.js';
import { DataTable } from '../parts/data-table.js';
import { Instant } from '../parts/instant.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Panel } from '../parts/page.js';
import { AttemptsDialog, NextTry } from './attempts-dialog.js';
import { channelNames, deliveryStates, lastAnswerOf } from './notice-words.js';

/** Every message to every recipient, with what was answered. */
export function DeliveriesPanel(): ReactElement {
  const deliveries = useInfiniteQuery(queries.deliveries());
  return (
    <Panel title="What was sent" bare>
      <LoadedList
        query={deliveries}
        noun={['message', 'messages']}
        empty={
          <Empty title="Nothing was sent yet.">
            <p>Each message, under the bell, by mail, Teams or webhook, is listed here with what the other side answered.</p>
          </Empty>
        }
      >
        {(items) => (
          <DataTable
            caption="Deliveries"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { heading: 'When', instant: true, cell: ({ createdAt }) => <Instant at={createdAt} exact /> },
              { heading: 'What', cell: ({ title }) => title },
              { heading: 'To', cell: ({ recipient, channel }) => recipient?.displayName ?? channelNames[channel] },
              { heading: 'By', narrow: true, cell: ({ channel }) => channelNames[channel] },
              {
                heading: 'State',
                narrow: true,
                cell: ({ state }) => (
                  <Badge tone={state === 'failed' ? 'bad' : state === 'sent' ? 'good' : 'plain'}>{deliveryStates[state]}</Badge>
                ),
              },
              {
                heading: 'Answer',
                cell: (delivery) => (
                  <>
                    {lastAnswerOf(delivery) ?? delivery.note ?? ''}
                    <NextTry delivery={delivery} />
                  </>
                ),
              },
              { heading: 'Attempts', narrow: true, cell: (delivery) => <AttemptsDialog delivery={delivery} /> },
            ]}
          />
        )}
      </LoadedList>
    </Panel>
  );
}
