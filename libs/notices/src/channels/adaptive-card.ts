import type { LabelledValue, NoticeContent } from '../content.js';
import type { NoticeMessage } from './notice-channel.js';

/** What a Workflows address takes at most. */
export const MAX_CARD_BYTES = 28 * 1024;

const MOST_FACTS = 20;
const MAX_TEXT = 1_000;
const STYLES = { info: 'default', problem: 'attention', resolved: 'good' } as const;

/**
 * The message that a Teams Workflow ("When a Teams webhook request is received") posts as a card. Its buttons open pages
 * (`Action.OpenUrl`), none acts. What is long is cut, so that it stays within 28 KiB.
 */
export function adaptiveCard(message: NoticeMessage, baseUrl: string): string {
  const full = render(message, baseUrl, message.content.facts.slice(0, MOST_FACTS));
  return Buffer.byteLength(full) <= MAX_CARD_BYTES ? full : render(message, baseUrl, []);
}

function render({ content, severity, note }: NoticeMessage, baseUrl: string, facts: readonly LabelledValue[]): string {
  return JSON.stringify({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: bodyOf(content, STYLES[severity], note, facts),
          actions: content.links.slice(0, 4).map(({ label, path }) => ({
            type: 'Action.OpenUrl',
            title: label,
            url: `${baseUrl}${path}`,
          })),
        },
      },
    ],
  });
}

function bodyOf(content: NoticeContent, style: string, note: string | null, facts: readonly LabelledValue[]): object[] {
  const text = (value: string, extra: object = {}) => ({ type: 'TextBlock', text: plain(value), wrap: true, ...extra });
  return [
    { type: 'Container', style, items: [text(content.title, { weight: 'Bolder', size: 'Medium' })] },
    ...content.sentences.slice(0, 10).map((sentence) => text(sentence)),
    ...(facts.length === 0
      ? []
      : [{ type: 'FactSet', facts: facts.map(({ label, value }) => ({ title: plain(label), value: plain(value) })) }]),
    ...(note === null ? [] : [text(note, { isSubtle: true })]),
  ];
}

/** Cards read Markdown: a name from the directory must not become a link or a format. */
function plain(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return cut.replace(/[\\`*_[\]()#>~]/g, (sign) => `\\${sign}`);
}
