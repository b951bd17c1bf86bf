import { describe, expect, it } from 'vitest';
import { loadTour, stepTickedBy, tourFactOf, type TourFact, type TourStep } from './tour-progress.js';

const sign = (event: string, fact: TourFact = {}) => ({ event: `rollcall.${event}`, fact });
const done = (...steps: TourStep[]) => new Set(steps);

describe('the tour', () => {
  it('ticks a step when its event really happened', () => {
    expect(stepTickedBy(sign('account.created', { cause: 'event' }), done())).toBe('add');
    expect(stepTickedBy(sign('membership.held', { cause: 'event' }), done('add'))).toBe('empty');
  });

  it('does not take the first read of the group for a person who was added', () => {
    const fact = tourFactOf(JSON.stringify({ data: { connectionId: 'c', cause: { kind: 'run', id: '7' } } }));
    expect(fact).toMatchObject({ connectionId: 'c', cause: 'run' });
    expect(stepTickedBy(sign('account.created', fact), done())).toBeNull();
    expect(tourFactOf('{')).toEqual({});
  });

  it('ticks a release only after something was held, and by somebody who releases', () => {
    expect(stepTickedBy(sign('membership.revoked', { cause: 'person' }), done('add'))).toBeNull();
    expect(stepTickedBy(sign('membership.revoked', { cause: 'event' }), done('add', 'empty'))).toBeNull();
    expect(stepTickedBy(sign('membership.revoked', { cause: 'person' }), done('add', 'empty'))).toBe('release');
  });

  it('ticks "put everyone back" when somebody comes back, not when all was released', () => {
    expect(stepTickedBy(sign('guard.released'), done('empty', 'release'))).toBeNull();
    expect(stepTickedBy(sign('account.reactivated', { cause: 'event' }), done('empty', 'release'))).toBe('putBack');
  });

  it('ticks the way of a reviewed run: paused, reviewed, told, undone, resumed', () => {
    const reviewed = { run: { kind: 'full', apply: 'review' } };
    expect(stepTickedBy(sign('connection.paused'), done())).toBe('pause');
    expect(stepTickedBy(sign('run.completed', reviewed), done('add'))).toBeNull();
    expect(stepTickedBy(sign('run.completed', { run: { kind: 'full', apply: 'automatic' } }), done('pause'))).toBeNull();
    expect(stepTickedBy(sign('run.completed', { run: { kind: 'undo', apply: 'review' } }), done('pause'))).toBeNull();
    expect(stepTickedBy(sign('run.completed', reviewed), done('pause'))).toBe('review');
    expect(stepTickedBy({ page: '/notices' }, done('pause', 'review'))).toBe('notice');
    expect(stepTickedBy(sign('run.undone'), done('pause', 'review'))).toBe('undo');
    expect(stepTickedBy(sign('connection.enabled'), done('pause'))).toBe('resume');
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
