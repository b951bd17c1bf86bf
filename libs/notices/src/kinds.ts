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
