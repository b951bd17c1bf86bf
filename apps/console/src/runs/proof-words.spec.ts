import { expect, it } from 'vitest';
import { proofSentence } from './proof-words.js';

it('says how many groups are equal to the accounts, and of how many people they are not', () => {
  const none = { equal: 0, different: 0, unread: 0, differing: 0, unexplained: 0 };
  expect(proofSentence({ ...none, equal: 2 })).toBe('2 groups equal');
  expect(proofSentence({ ...none, equal: 1, different: 1, differing: 3, unread: 2 })).toBe(
    '1 group equal, 1 group different (3 people), 2 groups not read',
  );
});
