import { Button } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';
import { Badge } from '../parts/badge.js';
import { DataTable } from '../parts/data-table.js';
import { Instant } from '../parts/instant.js';
import { JsonDialog } from '../parts/json-dialog.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Panel } from '../parts/page.js';
import { channelNames, deliveryStates } from './notice-words.js';

/** Every message to every recipient, with what was answered. */
export function DeliveriesPanel(): ReactElement {
  const deliveries = useInfiniteQuery(queries.deliveries());
  return (
    <Panel title="What was sent" bare>
      <LoadedList query={deliveries} noun={['message', 'messages']} empty={<Empty title="Nothing was sent yet." />}>
        {(items) => (
          <DataTable
            caption="Deliveries"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { heading: 'When', narrow: true, cell: ({ createdAt }) => <Instant at={createdAt} exact /> },
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
              { heading: 'Answer', cell: ({ attempts, note }) => attempts.at(-1)?.answer ?? note ?? '' },
              {
                heading: 'Attempts',
                narrow: true,
                cell: ({ attempts }) => (
                  <JsonDialog
                    title="Attempts"
                    value={attempts}
                    trigger={
                      <Button size="small" appearance="subtle">
                        {attempts.length}
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
  );
}
