import { adaptiveCard } from './adaptive-card.js';
import { guardedPost } from './guarded-post.js';
import type { Answer, NoticeChannel, NoticeMessage } from './notice-channel.js';
import { noDestination, type SharedChannelOptions } from './webhook-channel.js';

/** A card in a Teams channel or chat, by the address of a Workflow (the older connectors were retired in 2026). */
export class TeamsChannel implements NoticeChannel {
  readonly name = 'teams';

  constructor(private readonly options: SharedChannelOptions) {}

  async send(message: NoticeMessage): Promise<Answer> {
    const destination = await this.options.destinationOf(message);
    if (destination === null) return noDestination('Teams');
    const body = adaptiveCard(message, this.options.baseUrl);
    return guardedPost({ url: destination.url, body, headers: {} }, this.options.targets);
  }
}
