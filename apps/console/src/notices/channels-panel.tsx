import { Button, Field, Input } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import type { Delivery, NoticeChannel, NotificationRules } from '../api/types.js';
import { Badge } from '../parts/badge.js';
import { CopyButton } from '../parts/copy-button.js';
import { DataTable } from '../parts/data-table.js';
import { Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import form from '../settings/form.module.css';
import { channelNames, deliveryStates, lastAnswerOf } from './notice-words.js';
import styles from './notices.module.css';

/** The ways to tell, whether each is on, and a test that shows what the other side answered. */
export function ChannelsPanel({ book }: { readonly book: NotificationRules }): ReactElement {
  const mayConfigure = useMay('sync.configure');
  return (
    <Panel title="Channels" bare>
      <DataTable
        caption="Channels"
        rows={book.channels}
        keyOf={({ channel }) => channel}
        columns={[
          { heading: 'Channel', narrow: true, cell: ({ channel }) => channelNames[channel] },
          {
            heading: 'State',
            cell: (state) => (
              <span>
                <Badge tone={reaches(book, state) ? 'good' : 'plain'}>{reaches(book, state) ? 'on' : 'off'}</Badge>{' '}
                {state.reason ?? (reaches(book, state) ? '' : 'no address yet')}
              </span>
            ),
          },
          {
            heading: 'Sends to',
            cell: ({ channel }) => book.destinations.find((destination) => destination.channel === channel)?.host ?? '',
          },
          {
            heading: 'Test',
            cell: (state) => (mayConfigure && reaches(book, state) ? <TestChannel channel={state.channel} /> : ''),
          },
        ]}
      />
      {mayConfigure && (
        <div className={`inset ${styles['destinations'] ?? ''}`}>
          <Destination
            channel="teams"
            book={book}
            hint="The address of a Workflow in Teams that posts to a channel. It is a secret, and not shown again."
          />
          <Destination channel="webhook" book={book} hint="An https address that takes signed webhooks (Standard Webhooks)." />
        </div>
      )}
    </Panel>
  );
}

/** Teams and webhooks also need an address to send to. */
function reaches(book: NotificationRules, { channel, isOn }: NotificationRules['channels'][number]): boolean {
  if (channel === 'inProduct' || channel === 'mail') return isOn;
  return isOn && book.destinations.some((destination) => destination.channel === channel);
}

function TestChannel({ channel }: { readonly channel: NoticeChannel }): ReactElement {
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => commands.testChannel(channel),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
  });
  return (
    <span className={form['actions']}>
      <Button size="small" disabled={test.isPending} onClick={() => test.mutate()}>
        Send a test
      </Button>
      <span role="status">{test.data !== undefined && resultOf(test.data)}</span>
      {test.isError && <ProblemBox error={test.error} />}
    </span>
  );
}

/** What became of the test, with the status that the other side answered. */
function resultOf(delivery: Delivery): string {
  const answer = lastAnswerOf(delivery);
  return answer === null ? deliveryStates[delivery.state] : `${deliveryStates[delivery.state]}: ${answer}`;
}

interface DestinationProps {
  readonly channel: 'teams' | 'webhook';
  readonly book: NotificationRules;
  readonly hint: string;
}

function Destination({ channel, book, hint }: DestinationProps): ReactElement {
  const [url, setUrl] = useState('');
  const client = useQueryClient();
  const known = book.destinations.find((destination) => destination.channel === channel);
  const put = useMutation({
    mutationFn: (value: { url: string } | null) =>
      commands.putNotificationRules({ [channel]: value }, book.connectionId ?? undefined),
    onSuccess: async () => {
      setUrl('');
      await client.invalidateQueries({ queryKey: ['notification-rules'] });
    },
  });
  return (
    <form
      className={form['inline']}
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate({ url: url.trim() });
      }}
    >
      <Field className={styles['address'] ?? ''} label={`${channelNames[channel]} address`} hint={hint}>
        <Input type="url" autoComplete="off" value={url} onChange={(_, { value }) => setUrl(value)} />
      </Field>
      <Button type="submit" disabled={url.trim() === '' || put.isPending}>
        {known === undefined ? 'Set' : 'Replace'}
      </Button>
      {known !== undefined && (
        <Button disabled={put.isPending} onClick={() => put.mutate(null)}>
          Remove
        </Button>
      )}
      {put.data?.webhookSecret != null && (
        <span role="status">
          The signing secret is shown only now: <CopyButton text={put.data.webhookSecret}>Copy the secret</CopyButton>
        </span>
      )}
      {put.isError && <ProblemBox error={put.error} />}
    </form>
  );
}
