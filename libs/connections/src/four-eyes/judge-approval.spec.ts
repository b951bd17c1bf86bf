import { describe, expect, it } from 'vitest';
import { judgeApproval } from './judge-approval.js';

const judge = (approver: string, approvedBy: string[], madeBy: string[] = []) => judgeApproval({ approver, approvedBy, madeBy });

describe('an approval where two people are needed', () => {
  it('is the first where nobody approved, also of whoever made it', () => {
    expect(judge('ada', [])).toBe('first');
    expect(judge('ada', [], ['ada'])).toBe('first');
  });

  it('is no second one by the same person', () => {
    expect(judge('ada', ['ada'])).toBe('stillFirst');
  });

  it('is the second by somebody else, except by whoever made it', () => {
    expect(judge('bob', ['ada'])).toBe('second');
    expect(judge('bob', ['ada'], ['ada'])).toBe('second');
    expect(judge('bob', ['ada'], ['bob'])).toBe('ownWork');
  });

  it('counts also where both approved at the same moment, neither seeing the other', () => {
    expect(judge('ada', ['ada', 'bob'])).toBe('second');
    expect(judge('bob', ['ada', 'bob'])).toBe('second');
  });
});
