import { isDeepStrictEqual } from 'node:util';
import type { SyncRun } from '../run.js';
import type { RunRequest } from './request-run.js';

type Asked = Pick<RunRequest, 'kind' | 'apply' | 'groupIds' | 'undoes'>;

/** Whether the live run does all that was asked for, in the same way: then the asker is given that run. */
export function doesWhatWasAsked(live: Pick<SyncRun, 'kind' | 'apply' | 'groupIds' | 'undoes'>, asked: Asked): boolean {
  return (
    live.kind === asked.kind &&
    live.apply === asked.apply &&
    coversGroups(live.groupIds, asked.groupIds) &&
    isSameUndo(live, asked)
  );
}

function coversGroups(live: readonly string[] | null, asked: readonly string[] | undefined): boolean {
  if (live === null) return true;
  return asked !== undefined && asked.every((groupId) => live.includes(groupId));
}

function isSameUndo(live: Pick<SyncRun, 'undoes'>, asked: Asked): boolean {
  return isDeepStrictEqual(live.undoes ?? null, asked.undoes ?? null);
}
