import { describe, expect, it } from 'vitest';
import { scopeSentence } from './scope-fields.js';

describe('scopeSentence', () => {
  it('says who belongs here, and when nobody does', () => {
    expect(scopeSentence({ mode: 'groups', groups: ['g'] })).toContain('Direct members of a watched group');
    expect(scopeSentence({ mode: 'groups', groups: [] })).toBe('Nobody: no group is watched yet.');
    expect(scopeSentence({ mode: 'allUsers', groups: [] })).toContain('Every user of the tenant');
  });
});
