import { describe, expect, it } from 'vitest';
import { peopleSearch, planSearch } from './search-params.js';

describe('the state of a page in its address', () => {
  it('keeps what the page knows', () => {
    expect(peopleSearch({ q: 'ada', status: 'active' })).toMatchObject({ q: 'ada', status: 'active' });
  });

  it('drops what nobody knows', () => {
    expect(peopleSearch({ status: 'gone', q: '' })).toEqual({});
    expect(planSearch({ action: ['create'], decision: 'maybe' })).toEqual({});
  });

  it('takes a number that was meant as a text', () => {
    expect(peopleSearch({ q: 42 }).q).toBe('42');
  });
});
