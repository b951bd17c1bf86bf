import type { NoticeMessage } from './notice-channel.js';
import { readersValue } from './readers-time.js';

/** The plain body of a mail. `baseUrl` is where the console is read; the links open pages and do nothing else. */
export function plainText({ content, note, zone }: NoticeMessage, baseUrl: string): string {
  const { sentences, facts, links } = content;
  const blocks = [
    sentences.join('\n'),
    facts.map((fact) => `${fact.label}: ${readersValue(fact, zone)}`).join('\n'),
    note ?? '',
    links.map(({ label, path }) => `${label}: ${baseUrl}${path}`).join('\n'),
    `Sent by Rollcall. Who gets what: ${baseUrl}/notices/settings`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
