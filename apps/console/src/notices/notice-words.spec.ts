import { describe, expect, it } from 'vitest';
import type { Delivery } from '../api/types.js';
import { lastAnswerOf, statusWords } from './notice-words.js';

const attempt = (code: string, answer: string): Delivery['attempts'][number] => ({
  number: 1,
  at: '2026-03-02T12:00:00.000Z',
  outcome: 'delivered',
  code,
  answer,
});

describe('what the other side answered', () => {
  it('begins with its status, named by the protocol', () => {
    expect(lastAnswerOf({ channel: 'mail', attempts: [attempt('550', 'no such user')] })).toBe('SMTP 550: no such user');
    expect(lastAnswerOf({ channel: 'webhook', attempts: [attempt('204', '')] })).toBe('HTTP 204');
    expect(lastAnswerOf({ channel: 'teams', attempts: [attempt('503', 'later'), attempt('202', '')] })).toBe('HTTP 202');
  });

  it('is no number where no server answered', () => {
    expect(lastAnswerOf({ channel: 'webhook', attempts: [attempt('TIMEOUT', 'no answer within 10 s')] })).toBe(
      'TIMEOUT: no answer within 10 s',
    );
    expect(lastAnswerOf({ channel: 'inProduct', attempts: [attempt('SHOWN', 'under the bell')] })).toBe('under the bell');
    expect(statusWords('inProduct', 'SHOWN')).toBe('');
    expect(lastAnswerOf({ channel: 'mail', attempts: [] })).toBeNull();
  });
});
