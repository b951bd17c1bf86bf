import { instantFact, type NoticeContent } from '../content.js';

export interface EndedAlert {
  readonly content: NoticeContent;
  readonly openedAt: Date;
  readonly count: number;
}

/** The message that ends an alert. It says when it began, since quiet hours may have kept the beginning back. */
export function composeAllClear({ content, openedAt, count }: EndedAlert, sentence: string, at: Date): NoticeContent {
  return {
    title: `All clear: ${content.title}`,
    sentences: [sentence],
    facts: [
      instantFact('Began', openedAt),
      instantFact('Ended', at),
      ...(count > 1 ? [{ label: 'Seen', value: `${count} times` }] : []),
    ],
    links: content.links,
  };
}
