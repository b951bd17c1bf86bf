import { describe, expect, it } from 'vitest';
import type { Reaction } from '../decisions/decide-person.js';
import type { Situation } from '../decisions/situation.js';
import { HAPPENED, noteOfVoid, NOT_WANTED, TAKEN_BACK } from './note-of-void.js';

const group = '6f2c3c37-7a0a-4a70-b0de-4a1f7d0c1a11';
const nothing: Reaction = {
  situation: {} as Situation,
  skipCode: null,
  create: false,
  deactivate: null,
  reactivate: false,
  fields: {},
  grants: [],
  revocations: [],
  held: [],
  overtakenPins: [],
};
const held = { action: 'revoke', groupId: group } as const;

describe('why a held change dissolved', () => {
  it('is the directory, where its news left nothing to do', () => {
    for (const cause of ['event', 'run', 'recheck']) expect(noteOfVoid(held, nothing, cause)).toBe(TAKEN_BACK);
  });

  it('is a person or the settings, where they left nothing to hold', () => {
    expect(noteOfVoid(held, nothing, 'person')).toBe(NOT_WANTED.person);
    expect(noteOfVoid(held, nothing, 'settings')).toBe(NOT_WANTED.settings);
  });

  it('is never the directory, where the change itself came about past the hold', () => {
    expect(noteOfVoid(held, { ...nothing, revocations: [group] }, 'run')).toBe(HAPPENED);
    expect(noteOfVoid({ action: 'deactivate', groupId: null }, { ...nothing, deactivate: 'NOT_IN_SCOPE' }, 'run')).toBe(HAPPENED);
    expect(noteOfVoid({ action: 'update', groupId: null }, { ...nothing, fields: { displayName: 'Ada' } }, 'event')).toBe(
      HAPPENED,
    );
    expect(noteOfVoid({ action: 'create', groupId: null }, { ...nothing, create: true }, 'settings')).toBe(HAPPENED);
  });

  it('does not take another group for the one that was held', () => {
    expect(noteOfVoid(held, { ...nothing, revocations: ['another'] }, 'event')).toBe(TAKEN_BACK);
  });
});
