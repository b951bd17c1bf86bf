import type { LabelledValue, NoticeContent } from '../content.js';
import type { NoticeMessage } from './notice-channel.js';
import { readersValue } from './readers-time.js';

/** What a Workflows address takes at most. */
export const MAX_CARD_BYTES = 28 * 1024;

const MOST_FACTS = 20;
const MOST_SENTENCES = 10;
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

function render({ content, severity, note, zone }: NoticeMessage, baseUrl: string, facts: readonly LabelledValue[]): string {
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
          body: [
            ...headOf(content, STYLES[severity]),
            ...factsOf(facts, zone),
            ...(note === null ? [] : [text(note, { isSubtle: true })]),
          ],
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

function headOf({ title, sentences }: NoticeContent, style: string): object[] {
  return [
    { type: 'Container', style, items: [text(title, { weight: 'Bolder', size: 'Medium' })] },
    ...sentences.slice(0, MOST_SENTENCES).map((sentence) => text(sentence)),
  ];
}

function factsOf(facts: readonly LabelledValue[], zone: string): object[] {
  if (facts.length === 0) return [];
  return [
    { type: 'FactSet', facts: facts.map((fact) => ({ title: plain(fact.label), value: plain(readersValue(fact, zone)) })) },
  ];
}

function text(value: string, extra: object = {}): object {
  return { type: 'TextBlock', text: plain(value), wrap: true, ...extra };
}

/** Cards read Markdown: a name from the directory must not become a link or a format. */
function plain(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return cut.replace(/[\\`*_[\]#>~]/g, (sign) => `\\${sign}`);
}
