import { assertLease, extendLease, type Database, type Tx } from '#database';
import { CHAIN_LEASES, type ClaimedChain } from './chain.js';

/** Holds a chain while it is read: prolongs the lease in the background, and aborts the read when it was lost. */
export class ChainLease implements Disposable {
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly db: Database,
    private readonly chain: ClaimedChain,
    private readonly leaseMs: number,
  ) {
    this.timer = setInterval(() => void this.extend(), leaseMs / 3);
  }

  /** Aborted when somebody else holds the chain: what is still being read is of no use. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Throws LeaseLostError unless the chain is still ours; then it stays so until the transaction ends. */
  async assert(tx: Tx): Promise<void> {
    await assertLease(tx, CHAIN_LEASES, { key: this.chain.id, token: this.chain.leaseToken });
  }

  [Symbol.dispose](): void {
    clearInterval(this.timer);
  }

  private async extend(): Promise<void> {
    const lease = { key: this.chain.id, token: this.chain.leaseToken };
    // A database that is away decides nothing: the commit will ask again.
    const held = await extendLease(this.db, CHAIN_LEASES, lease, this.leaseMs).catch(() => true);
    if (!held) this.abort.abort();
  }
}
