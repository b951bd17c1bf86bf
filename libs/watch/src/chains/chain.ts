import type { LeasedTable } from '#database';

export const CHAIN_LEASES: LeasedTable = { table: 'watch.chains', key: 'id' };

/** Why a chain is read. Only a `notice`, and the re-reads after it, were announced by Graph. */
export type ReadCause = 'start' | 'resume' | 'notice' | 'reread' | 'sweep';

/** A chain that this process holds, as it was when it was claimed. */
export interface ClaimedChain {
  readonly id: string;
  readonly connectionId: string;
  readonly organisationId: string;
  readonly kind: 'groups' | 'users';
  readonly state: 'live' | 'overlapping';
  readonly groupIds: readonly string[];
  readonly properties: readonly string[];
  readonly baselineReason: string | null;
  /** Null: it begins at "now". */
  readonly link: string | null;
  /** The resume point of a long round. */
  readonly nextLink: string | null;
  /** The due mark that was seen before the read; notices that come later make the chain due again. */
  readonly dueSeq: number;
  readonly noticedAt: Date | null;
  /** The trace of that notice, or of the read that is resumed; null where there is none. */
  readonly traceparent: string | null;
  readonly cause: ReadCause;
  readonly failures: number;
  readonly leaseToken: number;
}
