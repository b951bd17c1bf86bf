import { describe, expect, it } from 'vitest';
import { buildMessage } from '#notices/testing';
import { instantFact } from '../content.js';
import { adaptiveCard, MAX_CARD_BYTES } from './adaptive-card.js';

interface Card {
  attachments: {
    contentType: string;
    content: { type: string; version: string; body: object[]; actions: { type: string; url: string }[] };
  }[];
}

const cardOf = (message = buildMessage()) => JSON.parse(adaptiveCard(message, 'https://rollcall.example.com')) as Card;

describe('the card for Teams', () => {
  it('has the shape that Workflows take, and buttons that open pages and never act', () => {
    const [attachment] = cardOf().attachments;
    expect(attachment?.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(attachment?.content).toMatchObject({ type: 'AdaptiveCard', version: '1.4' });
    expect(attachment?.content.actions).toEqual([
      { type: 'Action.OpenUrl', title: 'Open the run', url: 'https://rollcall.example.com/sync-runs/1' },
    ]);
  });

  it("sets instants in the organisation's zone", () => {
    const facts = [instantFact('Began', new Date('2026-07-02T23:30:00Z'))];
    const message = buildMessage({ zone: 'Europe/London', content: { ...buildMessage().content, facts } });
    expect(cardOf(message).attachments[0]?.content.body).toContainEqual({
      type: 'FactSet',
      facts: [{ title: 'Began', value: '3 Jul 2026, 00:30 (Europe/London)' }],
    });
  });

  it('shows names from the directory as text, not as Markdown', () => {
    const title = '[Click here](https://evil.example) **now**';
    const text = adaptiveCard(buildMessage({ content: { ...buildMessage().content, title } }), 'https://r.example');
    expect(text).not.toContain('[Click here](https');
  });

  it('stays within 28 KiB, however much there is to say', () => {
    const facts = Array.from({ length: 200 }, (_, index) => ({ label: `Fact ${index}`, value: 'ü*'.repeat(900) }));
    const content = { ...buildMessage().content, facts, sentences: Array.from({ length: 50 }, () => 'x'.repeat(5_000)) };
    expect(Buffer.byteLength(adaptiveCard(buildMessage({ content }), 'https://r.example'))).toBeLessThanOrEqual(MAX_CARD_BYTES);
  });
});
