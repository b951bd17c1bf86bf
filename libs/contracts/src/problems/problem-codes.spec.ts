import { describe, expect, it } from 'vitest';
import { isProblemCode, PROBLEMS } from './problem-codes.js';

describe('problem codes', () => {
  it.each(Object.entries(PROBLEMS))('%s has a title, a remedy and an HTTP status (invariant 11)', (code, problem) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(problem.title.length).toBeGreaterThan(5);
    expect(problem.remedy).toMatch(/\.$/);
    expect(problem.status).toBeGreaterThanOrEqual(400);
  });

  it('are told from other texts', () => {
    expect(isProblemCode('EMAIL_CONFLICT')).toBe(true);
    expect(isProblemCode('toString')).toBe(false);
  });
});
