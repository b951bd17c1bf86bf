import { expect, it } from 'vitest';
import { scheduleWords } from './schedule-words.js';

it.each([
  [null, 'never by itself'],
  [{ everyHours: 1 }, 'every hour'],
  [{ everyHours: 6 }, 'every 6 hours'],
  [{ at: '14:30', zone: 'Europe/London' }, 'every day at 14:30, TZ: Europe/London'],
])('%j is read as "%s"', (schedule, words) => {
  expect(scheduleWords(schedule)).toBe(words);
});
