import type { Clock } from '#contracts';
import { guardedPost } from './guarded-post.js';
import type { Destination, DestinationOwner } from './destinations.js';
import type { Answer, NoticeChannel, NoticeMessage } from './notice-channel.js';
import { signWebhook } from './sign-webhook.js';
import type { TargetPolicy } from './target-policy.js';

export interface SharedChannelOptions {
  /** The destination that holds for a connection; null where none is set. */
  readonly destinationOf: (owner: DestinationOwner) => Promise<Destination | null>;
  readonly targets: TargetPolicy;
  /** Where the console is read. */
  readonly baseUrl: string;
}

/** A signed webhook. `webhook-id` is the same over all attempts; the time, and so the signature, is that of the attempt. */
export class WebhookChannel implements NoticeChannel {
  readonly name = 'webhook';

  constructor(private readonly options: SharedChannelOptions & { readonly clock: Clock }) {}

  async send(message: NoticeMessage): Promise<Answer> {
    const destination = await this.options.destinationOf(message);
    if (destination?.secret == null) return noDestination('webhook');
    const body = JSON.stringify(payloadOf(message, this.options.baseUrl));
    const headers = signWebhook(destination.secret, message.id, this.options.clock(), body);
    return guardedPost({ url: destination.url, body, headers: { ...headers } }, this.options.targets);
  }
}

export function noDestination(channel: string): Answer {
  return { outcome: 'refused', code: 'NO_DESTINATION', text: `no address is set for ${channel}` };
}

function payloadOf(message: NoticeMessage, baseUrl: string): object {
  const { organisationId, connectionId, alertId, kind, severity, content, note, at } = message;
  return {
    type: `rollcall.notice.${severity}`,
    timestamp: at.toISOString(),
    data: {
      organisationId,
      connectionId,
      alertId,
      kind,
      title: content.title,
      sentences: content.sentences,
      facts: content.facts,
      note,
      links: content.links.map(({ label, path }) => ({ label, url: `${baseUrl}${path}` })),
    },
  };
}
