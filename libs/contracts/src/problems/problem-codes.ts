import { accessProblems } from './access-problems.js';
import { directoryProblems } from './directory-problems.js';
import { peopleProblems } from './people-problems.js';
import { requestProblems } from './request-problems.js';
import { runProblems } from './run-problems.js';

/** Every failure that has a name (design section 7), each with its next step. */
export const PROBLEMS = {
  ...accessProblems,
  ...directoryProblems,
  ...peopleProblems,
  ...runProblems,
  ...requestProblems,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
