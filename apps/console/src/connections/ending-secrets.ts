import type { Connection } from '../api/types.js';
import { roughDuration } from '../format/instants.js';

const DAY_MS = 86_400_000;
const WARN_DAYS = 30;

export interface EndingSecret {
  readonly connectionId: string;
  readonly sentence: string;
  /** Since when it is refused or over; null while it still is to end. */
  readonly since: string | null;
}

/** Client secrets that are refused, have ended, end within 30 days, or on a day that nobody entered. Pure. */
export function findEndingSecrets(connections: readonly Connection[], now: Date): EndingSecret[] {
  return connections.flatMap(({ id, name, cloud, credential }) => {
    const connectionId = id;
    if (credential.problem !== null)
      return [{ connectionId, sentence: `The client secret of ${name} is refused`, since: credential.failedAt }];
    if (credential.expiresAt === null) {
      // The demo's secret never ends.
      return cloud === 'simulated'
        ? []
        : [{ connectionId, sentence: `Nobody knows when the client secret of ${name} ends`, since: null }];
    }
    const leftMs = new Date(credential.expiresAt).getTime() - now.getTime();
    if (leftMs > WARN_DAYS * DAY_MS) return [];
    const sentence =
      leftMs <= 0
        ? `The client secret of ${name} has ended`
        : `The client secret of ${name} ends in ${roughDuration(leftMs / 1000)}`;
    return [{ connectionId, sentence, since: leftMs <= 0 ? credential.expiresAt : null }];
  });
}
