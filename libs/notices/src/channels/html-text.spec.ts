import { describe, expect, it } from 'vitest';
import { buildMessage } from '#notices/testing';
import { instantFact } from '../content.js';
import { htmlText } from './html-text.js';

const baseUrl = 'https://rollcall.example.com';

describe('a notice as HTML', () => {
  it("says what the plain one says, in the reader's zone, with links that open pages", () => {
    const facts = [{ label: 'Fetched', value: '25' }, instantFact('Began', new Date('2026-07-02T23:30:00Z'))];
    const html = htmlText(buildMessage({ zone: 'Europe/London', content: { ...buildMessage().content, facts } }), baseUrl);
    expect(html).toContain('Full sync of Contoso fails</h1>');
    expect(html).toContain('3 Jul 2026, 00:30 (Europe/London)');
    expect([...html.matchAll(/href="([^"]+)"/g)].map(([, target]) => target)).toEqual([
      `${baseUrl}/sync-runs/1`,
      `${baseUrl}/notices/settings`,
    ]);
  });

  it('shows names from the directory as text, and fetches nothing', () => {
    const name = `<img src=x onerror=alert(1)>"'&`;
    const content = {
      title: name,
      sentences: [name],
      facts: [{ label: name, value: name }],
      links: [{ label: name, path: '/"><b>' }],
    };
    const html = htmlText(buildMessage({ content, note: name }), baseUrl);
    expect(html).not.toMatch(/<img|<b>|<link|url\(/);
    expect(html.match(/&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&amp;/g)).toHaveLength(6);
  });
});
