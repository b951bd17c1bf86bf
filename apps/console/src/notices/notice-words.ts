import type { Delivery, NoticeChannel } from '../api/types.js';

/** What an admin can be told about, in the order of the page. */
export const noticeKinds = [
  'runFinished',
  'runFailed',
  'runOverdue',
  'toReview',
  'guardHolding',
  'credentialEnding',
  'consentLost',
  'subscriptionLost',
  'noticesMissed',
  'deadLetters',
  'quarantined',
] as const;

export type NoticeKind = (typeof noticeKinds)[number];

export const kindNames: Readonly<Record<NoticeKind, string>> = {
  runFinished: 'A run has ended',
  runFailed: 'A run has failed',
  runOverdue: 'A scheduled run has not begun',
  toReview: 'A plan waits for review',
  guardHolding: 'The guard holds removals',
  credentialEnding: 'A client secret ends soon, or has',
  consentLost: 'A permission was taken away',
  subscriptionLost: 'A subscription was lost',
  noticesMissed: 'More notices are missed than usual',
  deadLetters: 'A message could not be handled',
  quarantined: 'A connection is quarantined',
};

export const channelNames: Readonly<Record<NoticeChannel, string>> = {
  inProduct: 'Under the bell',
  mail: 'Mail',
  teams: 'Teams',
  webhook: 'Webhook',
};

export const channels = ['inProduct', 'mail', 'teams', 'webhook'] as const satisfies readonly NoticeChannel[];

export const deliveryStates: Readonly<Record<Delivery['state'], string>> = {
  waiting: 'Waits',
  sent: 'Sent',
  failed: 'Failed',
  replaced: 'Sent to others',
  superseded: 'Told by a newer one',
};
