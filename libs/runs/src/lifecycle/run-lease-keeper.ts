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
  const timer = setInterval(() => {
    extendLease(database, RUN_LEASE, lease, leaseMs).then(
      (held) => (held ? undefined : lost.abort()),
      () => undefined, // the database is away: the next try, or the fencing token at the next commit, decides
    );
  }, leaseMs / 3);
  try {
    return await work(AbortSignal.any([outer, lost.signal]));
  } finally {
    clearInterval(timer);
  }
}
