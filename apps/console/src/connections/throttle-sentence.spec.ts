import { describe, expect, it } from 'vitest';
import { throttleSentence } from './throttle-sentence.js';

describe('the budget at Microsoft Graph', () => {
  it('is far from its limit while Graph says nothing of it', () => {
    expect(throttleSentence({ load: null, waitsUntil: null })).toBe('far from its limit');
  });

  it('is said in percent near the limit, and as a wait once it is used up', () => {
    expect(throttleSentence({ load: 0.854, waitsUntil: null })).toBe('85 % of what Graph allows is used');
    expect(throttleSentence({ load: 1, waitsUntil: '2026-11-01T10:00:00.000Z' })).toMatch(/^used up: Graph asks to wait until /);
  });
});
