import type { Connection } from '../api/types.js';
import { roughDuration } from '../format/instants.js';

const DAY_MS = 86_400_000;
const WARN_DAYS = 30;

export interface EndingSecret {
  readonly connectionId: string;
  readonly sentence: string;
}

/** Client secrets that are refused, have ended or end within 30 days. Pure. */
export function findEndingSecrets(connections: readonly Connection[], now: Date): EndingSecret[] {
  return connections.flatMap(({ id, name, credential }) => {
    if (credential.problem !== null) return [{ connectionId: id, sentence: `The client secret of ${name} is refused` }];
    if (credential.expiresAt === null) return [];
    const leftMs = new Date(credential.expiresAt).getTime() - now.getTime();
    if (leftMs > WARN_DAYS * DAY_MS) return [];
    const sentence =
      leftMs <= 0
        ? `The client secret of ${name} has ended`
        : `The client secret of ${name} ends in ${roughDuration(leftMs / 1000)}`;
    return [{ connectionId: id, sentence }];
  });
}
