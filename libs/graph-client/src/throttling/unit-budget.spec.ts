import { expect, test } from 'vitest';
import { UnitBudget } from './unit-budget.js';

test('gives half of the smallest tenant budget in ten seconds, then names the wait, then refills', () => {
  let now = 0;
  const budget = new UnitBudget(() => new Date(now));
  for (let taken = 0; taken < 1_750; taken += 2) expect(budget.take(2)).toBe(0);
  const waitMs = budget.take(7);
  expect(waitMs).toBe(40);
  now += waitMs;
  expect(budget.take(7)).toBe(0);
  now += 3_600_000;
  expect(budget.take(1_750)).toBe(0);
  expect(budget.take(1)).toBeGreaterThan(0);
});

test('a clock that goes back takes nothing away', () => {
  let now = 10_000;
  const budget = new UnitBudget(() => new Date(now));
  now = 0;
  expect(budget.take(1_750)).toBe(0);
});
