import { ProblemError } from './problem.js';

export function entityTag(version: number): string {
  return `"v${version}"`;
}

/** Throws a 412 where the caller's `If-Match` names another version. Absent or `*` matches. */
export function assertMatches(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (!tags.includes(entityTag(version))) {
    throw new ProblemError('PRECONDITION_FAILED', `The object is at version ${entityTag(version)} by now.`, { version });
  }
}
