import { describe, expect, it } from 'vitest';
import { doesWhatWasAsked } from './does-what-was-asked.js';

const live = { kind: 'full', apply: 'automatic', groupIds: null, undoes: null } as const;

describe('whether a live run does what was asked', () => {
  it('is true for the same ask', () => {
    expect(doesWhatWasAsked(live, { kind: 'full', apply: 'automatic' })).toBe(true);
  });

  it('is false where the plan was to be reviewed and the live run applies by itself', () => {
    expect(doesWhatWasAsked(live, { kind: 'full', apply: 'review' })).toBe(false);
  });

  it('is true for a group that the live run reads too, and false for another', () => {
    const group = { ...live, kind: 'group', groupIds: ['a', 'b'] } as const;
    expect(doesWhatWasAsked(group, { kind: 'group', apply: 'automatic', groupIds: ['b'] })).toBe(true);
    expect(doesWhatWasAsked(group, { kind: 'group', apply: 'automatic', groupIds: ['c'] })).toBe(false);
    expect(doesWhatWasAsked(group, { kind: 'group', apply: 'automatic' })).toBe(false);
  });

  it('is false for another kind: a whole read asks for no new links, and one of few people is no whole read', () => {
    for (const kind of ['problems', 'scratch'] as const) {
      expect(doesWhatWasAsked({ ...live, kind }, { kind, apply: 'automatic' })).toBe(true);
      expect(doesWhatWasAsked(live, { kind, apply: 'automatic' })).toBe(false);
      expect(doesWhatWasAsked({ ...live, kind }, { kind: 'full', apply: 'automatic' })).toBe(false);
    }
  });

  it('is false for the undo of something else', () => {
    const undo = { ...live, kind: 'undo', undoes: { runId: 'one' } } as const;
    expect(doesWhatWasAsked(undo, { kind: 'undo', apply: 'automatic', undoes: { runId: 'one' } })).toBe(true);
    expect(doesWhatWasAsked(undo, { kind: 'undo', apply: 'automatic', undoes: { runId: 'two' } })).toBe(false);
  });
});
