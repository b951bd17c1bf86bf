import { instantFact, type NoticeContent } from '../content.js';

export interface EndedAlert {
  readonly content: NoticeContent;
  readonly openedAt: Date;
  readonly count: number;
}

/** The message that opens an alert, or tells its next stage: since when it is so, unless the content names an instant that matters more. */
export function composeRaised(content: NoticeContent, openedAt: Date): NoticeContent {
  const isDated = content.facts.some(({ isInstant }) => isInstant === true);
  return isDated ? content : { ...content, facts: [instantFact('Since', openedAt), ...content.facts] };
}

/** The message that tells what is over by now. */
export function composeTold(content: NoticeContent, at: Date): NoticeContent {
  return { ...content, facts: [instantFact('Ended', at), ...content.facts] };
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
