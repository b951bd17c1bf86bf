import type { NotificationPreferences } from '../api/types.js';

type QuietHours = NotificationPreferences['quietHours'];
type Digest = NotificationPreferences['digest'];
type DigestChannel = NonNullable<Digest>['channels'][number];

export function quietEffect(quietHours: QuietHours): string {
  if (quietHours === null) return 'You are told at any hour.';
  const { from, to } = quietHours;
  const when = from === to ? 'All day' : `From ${from} to ${to}`;
  return `${when} nothing is sent to you by mail, except what the guard holds and lost access; the rest comes after it. The bell is always current.`;
}

export function digestEffect(digest: Digest): string {
  return digest === null
    ? 'You get no summary of the day.'
    : `Each day at ${digest.at} you read what is open, what is over and what did not arrive, in one message. On a day without any of it there is none.`;
}

/** With the channel in or out; a summary that would go nowhere is switched off. Pure. */
export function withDigestChannel(digest: NonNullable<Digest>, channel: DigestChannel, isOn: boolean): Digest {
  const others = digest.channels.filter((each) => each !== channel);
  const channels = isOn ? [...others, channel] : others;
  return channels.length === 0 ? null : { ...digest, channels };
}
