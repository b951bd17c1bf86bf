import type { NoticeMessage } from './notice-channel.js';
import { readersValue } from './readers-time.js';

const COLOURS = { info: '#0f6cbd', problem: '#b10e1c', resolved: '#0e700e' } as const;
const CELL = 'padding:2px 16px 2px 0;vertical-align:top';

/**
 * The same words as `plainText`, for readers that show HTML: one column, styles at their elements, no picture and nothing that is
 * fetched. Names from the directory are text here, whatever they hold.
 */
export function htmlText({ content, severity, note, zone }: NoticeMessage, baseUrl: string): string {
  const { title, sentences, facts, links } = content;
  const paragraph = (text: string) => `<p style="margin:0 0 8px">${escaped(text)}</p>`;
  const link = (label: string, path: string) => `<a href="${escaped(`${baseUrl}${path}`)}">${escaped(label)}</a>`;
  const rows = facts.map(
    (fact) =>
      `<tr><td style="${CELL};color:#616161">${escaped(fact.label)}</td><td style="${CELL}">${escaped(readersValue(fact, zone))}</td></tr>`,
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width"></head>',
    '<body style="font:14px/20px \'Segoe UI\',system-ui,sans-serif;color:#242424;max-width:600px;margin:16px">',
    `<h1 style="font-size:18px;line-height:24px;margin:0 0 12px;padding-left:10px;border-left:4px solid ${COLOURS[severity]}">${escaped(title)}</h1>`,
    ...sentences.map(paragraph),
    ...(rows.length === 0
      ? []
      : [`<table role="presentation" style="border-collapse:collapse;margin:12px 0">${rows.join('')}</table>`]),
    ...(note === null ? [] : [paragraph(note)]),
    `<p style="margin:12px 0">${links.map(({ label, path }) => link(label, path)).join(' &nbsp; ')}</p>`,
    `<p style="margin:24px 0 0;color:#616161;font-size:12px">Sent by Rollcall. ${link('Who gets what', '/notices/settings')}</p>`,
    '</body></html>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
