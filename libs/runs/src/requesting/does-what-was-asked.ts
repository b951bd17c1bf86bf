import { isDeepStrictEqual } from 'node:util';
import type { SyncRun } from '../run.js';
import type { RunRequest } from './request-run.js';

type Asked = Pick<RunRequest, 'kind' | 'apply' | 'groupIds' | 'undoes'>;

/** Whether the live run does all that was asked for, in the same way: then the asker is given that run. */
export function doesWhatWasAsked(live: Pick<SyncRun, 'kind' | 'apply' | 'groupIds' | 'undoes'>, asked: Asked): boolean {
  return (
    live.kind === asked.kind &&
    live.apply === asked.apply &&
    groupsCover(live.groupIds, asked.groupIds ?? null) &&
    isSameUndo(live, asked)
  );
}

/** Whether the first ask reads all groups of the second; null means all that are watched. */
export function groupsCover(first: readonly string[] | null, second: readonly string[] | null): boolean {
  if (first === null) return true;
  return second !== null && second.every((groupId) => first.includes(groupId));
}

function isSameUndo(live: Pick<SyncRun, 'undoes'>, asked: Asked): boolean {
  return isDeepStrictEqual(live.undoes ?? null, asked.undoes ?? null);
}
