import type { GraphClient } from '#graph-client';
import type { ReadFacts } from '../pages/directory-pages.js';
import type { WatchContext } from '../watch-context.js';
import type { ClaimedChain } from './chain.js';
import type { ChainLease } from './chain-lease.js';

/** One read of a claimed chain, under the read number that was taken before its first request. */
export interface ChainRead {
  readonly context: WatchContext;
  readonly chain: ClaimedChain;
  readonly lease: ChainLease;
  readonly graph: GraphClient;
  readonly readNo: number;
  readonly startedAt: Date;
}

export function readFacts({ chain, readNo, startedAt, context }: ChainRead): ReadFacts {
  return {
    organisationId: chain.organisationId,
    connectionId: chain.connectionId,
    readNo,
    origin: 'delta',
    noticedAt: chain.noticedAt,
    readStartedAt: startedAt,
    readAt: context.clock(),
  };
}
