import { FeedWriter } from '#messaging';
import {
  InProductChannel,
  MailChannel,
  OffChannel,
  openDestination,
  TeamsChannel,
  WebhookChannel,
  type ChannelName,
  type ChannelState,
  type DestinationOwner,
  type NoticeChannel,
} from '#notices';
import type { HostServices } from '#service-host';
import { consoleUrlOf, type NotificationOptions } from './notification-options.js';

export interface ComposedChannels {
  readonly channels: Readonly<Record<ChannelName, NoticeChannel>>;
  /** What the console shows of them. */
  readonly states: readonly ChannelState[];
}

const NO_SMTP = 'SMTP_URL is not set';

/** The ways in which this installation can reach people. */
export function composeChannels({ db, clock }: HostServices, options: NotificationOptions): ComposedChannels {
  const { secretBox, smtpUrl } = options;
  const baseUrl = consoleUrlOf(options);
  const targets = { allowLoopback: options.allowLoopback ?? false };
  const shared = (channel: 'teams' | 'webhook') => ({
    destinationOf: (owner: DestinationOwner) => openDestination(db, secretBox, owner, channel),
    targets,
    baseUrl,
  });
  const from = options.smtpFrom ?? `Rollcall <rollcall@${new URL(baseUrl).hostname}>`;
  return {
    channels: {
      inProduct: new InProductChannel(db, new FeedWriter(db)),
      mail: smtpUrl === null ? new OffChannel('mail', NO_SMTP) : new MailChannel({ smtpUrl, from, baseUrl }),
      teams: new TeamsChannel(shared('teams')),
      webhook: new WebhookChannel({ ...shared('webhook'), clock }),
    },
    states: [
      { channel: 'inProduct', isOn: true, reason: null },
      { channel: 'mail', isOn: smtpUrl !== null, reason: smtpUrl === null ? NO_SMTP : null },
      { channel: 'teams', isOn: true, reason: null },
      { channel: 'webhook', isOn: true, reason: null },
    ],
  };
}
