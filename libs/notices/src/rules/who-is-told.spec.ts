import { describe, expect, it } from 'vitest';
import { whoIsTold, type RuleMember } from './who-is-told.js';

const member = (id: string, role: string): RuleMember => ({ id, displayName: id.toUpperCase(), email: null, role });
const members = [member('ada', 'superAdmin'), member('bob', 'superAdmin'), member('eve', 'itAdmin')];
const ids = (chosen: string[]) => whoIsTold(chosen, members).recipients.map(({ memberId }) => memberId);

describe('who is told', () => {
  it('all super admins, where nobody was chosen', () => {
    expect(ids([])).toEqual(['ada', 'bob']);
    expect(whoIsTold([], members).note).toBeNull();
  });

  it('the chosen super admins', () => {
    expect(ids(['bob'])).toEqual(['bob']);
    expect(whoIsTold(['bob'], members).note).toBeNull();
  });

  it('all super admins, where a chosen one is none any more, and that is said', () => {
    expect(ids(['bob', 'eve'])).toEqual(['ada', 'bob']);
    expect(whoIsTold(['bob', 'eve'], members).note).toContain('EVE, no longer a super admin');
  });

  it('all super admins, where a chosen one has left', () => {
    expect(ids(['gone'])).toEqual(['ada', 'bob']);
    expect(whoIsTold(['gone'], members).note).toContain('a former member');
  });
});
