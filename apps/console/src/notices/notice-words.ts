import type { Delivery, NoticeChannel } from '../api/types.js';

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

export const attemptOutcomes: Readonly<Record<Delivery['attempts'][number]['outcome'], string>> = {
  delivered: 'Taken',
  refused: 'Refused',
  failed: 'Failed',
};

const PROTOCOLS: Readonly<Partial<Record<NoticeChannel, string>>> = { mail: 'SMTP', teams: 'HTTP', webhook: 'HTTP' };

/** The status of an answer, such as "HTTP 202" or "SMTP 550"; a code of Rollcall's own stands as it is. Under the bell there is none. */
export function statusWords(channel: NoticeChannel, code: string): string {
  const protocol = PROTOCOLS[channel];
  if (protocol === undefined) return '';
  return /^\d{3}$/.test(code) ? `${protocol} ${code}` : code;
}

/** The last answer with its status, such as "SMTP 550: no such user"; null before the first attempt. Pure. */
export function lastAnswerOf({ channel, attempts }: Pick<Delivery, 'channel' | 'attempts'>): string | null {
  const last = attempts.at(-1);
  if (last === undefined) return null;
  return [statusWords(channel, last.code), last.answer].filter((part) => part !== '').join(': ');
}
