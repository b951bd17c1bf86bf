import type { Answer, ChannelName, NoticeChannel, NoticeMessage } from '#notices';

/** Takes everything and keeps it, unless the test sets another answer. */
export class RecordingChannel implements NoticeChannel {
  readonly sent: NoticeMessage[] = [];
  answer: Answer = { outcome: 'delivered', code: '200', text: 'taken' };

  constructor(readonly name: ChannelName) {}

  send(message: NoticeMessage): Promise<Answer> {
    if (this.answer.outcome === 'delivered') this.sent.push(message);
    return Promise.resolve(this.answer);
  }

  get titles(): string[] {
    return this.sent.map(({ content }) => content.title);
  }
}
