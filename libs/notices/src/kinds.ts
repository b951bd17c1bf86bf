/** What an admin can be told about. Each has a rule of its own; all-clears and later stages go by the rule of their kind. */
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

/** What each is called where somebody chooses who is told of it. */
export const noticeKindTitles: Readonly<Record<NoticeKind, string>> = {
  runFinished: 'A run has ended',
  runFailed: 'A run has failed',
  runOverdue: 'A full sync, or a look at the groups, is overdue',
  toReview: 'A plan waits for review',
  guardHolding: 'The guard holds removals',
  credentialEnding: 'A client secret ends soon, or has ended',
  consentLost: 'A permission was taken away',
  subscriptionLost: 'A subscription was lost',
  noticesMissed: 'More notifications from Entra are missed than usual',
  deadLetters: 'A message could not be handled',
  quarantined: 'A connection is quarantined',
};

/** Messages that no rule governs: the daily digest goes by the recipient's preferences, a test by whoever asked for it. */
export type MessageKind = NoticeKind | 'digest' | 'test';

export const channelNames = ['inProduct', 'mail', 'teams', 'webhook'] as const;
export type ChannelName = (typeof channelNames)[number];

/** Channels that reach one person; the others reach an address of the organisation, whoever reads it. */
export type PersonalChannel = 'inProduct' | 'mail';
export type SharedChannel = 'teams' | 'webhook';

export function isPersonal(channel: ChannelName): channel is PersonalChannel {
  return channel === 'inProduct' || channel === 'mail';
}
