import type { Envelope } from '#contracts';
import type { Queryable } from '#database';
import type { Answer, NoticeChannel, NoticeMessage } from './notice-channel.js';

/** The live stream of the console, see `FeedWriter` in messaging. */
export interface LiveFeed {
  append(event: Envelope): Promise<void>;
}

/** What an open page hears; it asks for the notice itself, since only its member may read it. */
export const NOTICE_CREATED = 'rollcall.notice.created';

/** Under the bell. The row has the delivery's id, so a repetition shows it once. */
export class InProductChannel implements NoticeChannel {
  readonly name = 'inProduct';

  constructor(
    private readonly db: Queryable,
    private readonly feed: LiveFeed,
  ) {}

  async send(message: NoticeMessage): Promise<Answer> {
    const { id, organisationId, connectionId, alertId, kind, severity, content, note, recipient, at } = message;
    if (recipient === null) return { outcome: 'refused', code: 'NO_RECIPIENT', text: 'there is no such member' };
    await this.db.query(
      `INSERT INTO notices.inbox (id, organisation_id, connection_id, member_id, alert_id, kind, message, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
      [id, organisationId, connectionId, recipient.memberId, alertId, kind, { severity, content, note }, at],
    );
    await this.feed.append({
      specversion: '1.0',
      id,
      source: '/rollcall/notification',
      type: NOTICE_CREATED,
      subject: id,
      time: at.toISOString(),
      datacontenttype: 'application/json',
      data: { organisationId, connectionId, noticeId: id, memberId: recipient.memberId, kind, severity },
    });
    return { outcome: 'delivered', code: 'SHOWN', text: 'under the bell' };
  }
}
