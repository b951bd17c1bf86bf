import { extendLease, type Database, type Lease } from '#database';
import { RUN_LEASE } from './claim-run.js';

/**
 * Prolongs the lease of a run while `work` goes on, and aborts it as soon as the lease is lost: the run was cancelled, or another
 * worker took it over because this one slept.
 */
export async function whileHolding<Result>(
  database: Database,
  lease: Lease,
  leaseMs: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lost = new AbortController();
  let isAsking = false;
  const prolong = async () => {
    // A long statement of the run itself has its row locked, which keeps others off as well: one question waits, not one each time.
    if (isAsking) return;
    isAsking = true;
    try {
      if (!(await extendLease(database, RUN_LEASE, lease, leaseMs))) lost.abort();
    } catch {
      // The database is away: the next try, or the fencing token at the next commit, decides.
    } finally {
      isAsking = false;
    }
  };
  const timer = setInterval(() => void prolong(), leaseMs / 3);
  try {
    return await work(AbortSignal.any([outer, lost.signal]));
  } finally {
    clearInterval(timer);
  }
}
