import { describe, expect, it } from 'vitest';
import { causeOf, loadTour, stepTickedBy, type TourStep } from './tour-progress.js';

const done = (...steps: TourStep[]) => new Set(steps);

describe('the tour', () => {
  it('ticks a step when its event really happened', () => {
    expect(stepTickedBy({ event: 'rollcall.account.created' }, done())).toBe('add');
    expect(stepTickedBy({ event: 'rollcall.membership.held' }, done('add'))).toBe('empty');
  });

  it('does not take the first read of the group for a person who was added', () => {
    const cause = causeOf(JSON.stringify({ data: { cause: { kind: 'run', id: '7' } } }));
    expect(stepTickedBy({ event: 'rollcall.account.created', cause }, done())).toBeNull();
    expect(causeOf('{')).toBeUndefined();
  });

  it('ticks a release only after something was held', () => {
    expect(stepTickedBy({ event: 'rollcall.membership.revoked' }, done('add'))).toBeNull();
    expect(stepTickedBy({ event: 'rollcall.membership.revoked' }, done('add', 'empty'))).toBe('release');
  });

  it('ticks the way of a reviewed run: paused, reviewed, told, undone, resumed', () => {
    expect(stepTickedBy({ event: 'rollcall.guard.released' }, done('empty', 'release'))).toBe('putBack');
    expect(stepTickedBy({ event: 'rollcall.run.completed' }, done('add'))).toBeNull();
    expect(stepTickedBy({ event: 'rollcall.connection.paused' }, done())).toBe('pause');
    expect(stepTickedBy({ event: 'rollcall.run.completed' }, done('pause'))).toBe('review');
    expect(stepTickedBy({ page: '/notices' }, done('pause', 'review'))).toBe('notice');
    expect(stepTickedBy({ event: 'rollcall.run.undone' }, done('pause', 'review'))).toBe('undo');
    expect(stepTickedBy({ event: 'rollcall.connection.enabled' }, done('pause'))).toBe('resume');
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
