import { describe, expect, it } from 'vitest';
import type { NotificationRules } from '../api/types.js';
import { changedRules } from './changed-rules.js';

const rules = {
  runFinished: { recipients: [], channels: [] },
  runFailed: { recipients: [], channels: ['inProduct', 'mail'] },
} as unknown as NotificationRules['effective'];

describe('changedRules', () => {
  it('names only the rules that differ', () => {
    const after = { ...rules, runFinished: { recipients: [], channels: ['inProduct' as const] } };
    expect(changedRules(rules, after)).toEqual({ runFinished: { recipients: [], channels: ['inProduct'] } });
  });

  it('does not mind the order of channels', () => {
    expect(changedRules(rules, { ...rules, runFailed: { recipients: [], channels: ['mail', 'inProduct'] } })).toEqual({});
  });
});
