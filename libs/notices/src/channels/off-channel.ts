import type { ChannelName } from '../kinds.js';
import type { Answer, NoticeChannel } from './notice-channel.js';

/** Stands where this installation has no such channel, such as mail without SMTP_URL: each message is refused and shown as such. */
export class OffChannel implements NoticeChannel {
  constructor(
    readonly name: ChannelName,
    private readonly reason: string,
  ) {}

  send(): Promise<Answer> {
    return Promise.resolve({ outcome: 'refused', code: 'CHANNEL_OFF', text: `the channel is off: ${this.reason}` });
  }
}
