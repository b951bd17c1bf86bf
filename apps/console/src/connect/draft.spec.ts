import { describe, expect, it } from 'vitest';
import { emptyDraft, loadDraft, saveDraft } from './draft.js';

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('the draft of a connection', () => {
  it('survives a reload', () => {
    const storage = memory();
    saveDraft(storage, { ...emptyDraft, name: 'Contoso' });
    expect(loadDraft(storage).name).toBe('Contoso');
  });

  it('has no place for the secret (invariant 10)', () => {
    expect(Object.keys(emptyDraft).some((name) => /secret$/i.test(name))).toBe(false);
  });

  it('starts anew where what was kept cannot be read', () => {
    expect(loadDraft({ getItem: () => '{broken' })).toEqual(emptyDraft);
  });
});
