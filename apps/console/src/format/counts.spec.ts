import { describe, expect, it } from 'vitest';
import { counted, listed, people } from './counts.js';

describe('counts', () => {
  it('agree with their nouns', () => {
    expect(people(1)).toBe('1 person');
    expect(people(2)).toBe('2 people');
    expect(counted(0, 'group')).toBe('0 groups');
  });

  it('are listed as a sentence does', () => {
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  });
});
