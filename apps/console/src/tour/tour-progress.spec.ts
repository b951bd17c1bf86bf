import { describe, expect, it } from 'vitest';
import { loadTour, stepTickedBy, type TourStep } from './tour-progress.js';

const done = (...steps: TourStep[]) => new Set(steps);

describe('the tour', () => {
  it('ticks a step when its event really happened', () => {
    expect(stepTickedBy({ event: 'rollcall.account.created' }, done())).toBe('add');
    expect(stepTickedBy({ event: 'rollcall.membership.held' }, done('add'))).toBe('empty');
  });

  it('ticks a release only after something was held', () => {
    expect(stepTickedBy({ event: 'rollcall.membership.revoked' }, done('add'))).toBeNull();
    expect(stepTickedBy({ event: 'rollcall.membership.revoked' }, done('add', 'empty'))).toBe('release');
  });

  it('ticks the question why when a person is opened', () => {
    expect(stepTickedBy({ page: '/people/7' }, done('add'))).toBe('why');
    expect(stepTickedBy({ page: '/people' }, done('add'))).toBeNull();
  });

  it('begins anew where what was kept cannot be read', () => {
    expect(loadTour({ getItem: () => '{' })).toEqual({ done: [], isClosed: false });
    expect(loadTour({ getItem: () => '{"done":["add","moon"]}' }).done).toEqual(['add']);
  });
});
