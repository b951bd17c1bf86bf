import { describe, expect, it } from 'vitest';
import { digestEffect, quietEffect, withDigestChannel } from './preference-words.js';

describe('when somebody is told', () => {
  it('is said in a sentence', () => {
    expect(quietEffect(null)).toBe('You are told at any hour.');
    expect(quietEffect({ from: '20:00', to: '07:00' })).toMatch(/^From 20:00 to 07:00 nothing is sent/);
    expect(quietEffect({ from: '07:00', to: '07:00' })).toMatch(/^All day/);
    expect(digestEffect({ at: '08:00', channels: ['mail'] })).toMatch(/^Each day at 08:00/);
  });

  it('ends with the last channel of the summary', () => {
    expect(withDigestChannel({ at: '08:00', channels: ['mail'] }, 'inProduct', true)).toMatchObject({
      channels: ['mail', 'inProduct'],
    });
    expect(withDigestChannel({ at: '08:00', channels: ['mail'] }, 'mail', false)).toBeNull();
  });
});
