import type { Connection } from '#connections';
import { ProblemError } from '../http/problem.js';

/** No run, not even one that undoes, works for a connection that has ended: throws `CONNECTION_DISCONNECTED`. */
export function assertConnected({ state, name }: Connection): void {
  if (state === 'disconnected') throw new ProblemError('CONNECTION_DISCONNECTED', `${name} is disconnected.`);
}
