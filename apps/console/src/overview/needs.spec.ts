import { describe, expect, it } from 'vitest';
import { needsOf, type Waiting } from './needs.js';

const now = new Date('2026-11-29T08:00:00Z');
const nothing: Waiting = { connections: [], healths: [], oldestHeldAt: null, reviews: [], letters: [] };
const health = (state: 'enabled' | 'disconnected', heldChanges: number, inactive: number) => ({
  state,
  heldChanges,
  people: { active: 0, inactive, inactiveSince: null, deactivated: 0, skippedByReason: {}, pins: 0, waiting: 0 },
});
const sentences = (waiting: Partial<Waiting>) => needsOf({ ...nothing, ...waiting }, now).map(({ sentence }) => sentence);

describe('needsOf', () => {
  it('is empty when nothing waits', () => {
    expect(sentences({})).toEqual([]);
  });

  it('says what waits, in the right number', () => {
    expect(
      sentences({
        healths: [health('enabled', 1, 2)],
        reviews: [{ requestedAt: '2026-11-29T07:00:00Z' }],
        letters: [{ firstAt: '2026-11-29T07:00:00Z' }, { firstAt: '2026-11-29T06:00:00Z' }],
      }),
    ).toEqual([
      '1 change is held until you decide',
      '1 plan waits for review',
      '2 messages could not be handled',
      '2 people can be activated',
    ]);
  });

  it('counts what is held of a disconnected tenant, and nobody of it as to be activated', () => {
    expect(sentences({ healths: [health('disconnected', 12, 25)] })).toEqual(['12 changes are held until you decide']);
  });

  it('names since when the oldest waits', () => {
    const letters = [{ firstAt: '2026-11-29T07:00:00Z' }, { firstAt: '2026-11-29T06:00:00Z' }];
    expect(needsOf({ ...nothing, letters }, now)).toMatchObject([{ since: '2026-11-29T06:00:00Z' }]);
  });
});
