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
