import { logFailure } from '#contracts';
import { releaseLease } from '#database';
import { currentSpan, inSpan, type SpanAttributes } from '#tracing';
import { unblockConnection } from '../failures/block-connection.js';
import { takeFailure } from '../failures/take-failure.js';
import type { WatchContext } from '../watch-context.js';
import { CHAIN_LEASES, type ClaimedChain } from './chain.js';
import { ChainLease } from './chain-lease.js';
import type { ChainRead } from './chain-read.js';
import { claimDueChain } from './claim-due-chain.js';
import { nextReadNo } from './next-read-no.js';
import { readGroupsRound } from './read-groups-round.js';
import { readUsersRound } from './read-users-round.js';
import { resetChain } from './reset-chain.js';
import { startChain } from './start-chain.js';

/** Leases due chains and reads them to the end of their delta, one at a time. Any number of readers in any process share the work. */
export class ChainReader {
  constructor(private readonly context: WatchContext) {}

  /** Reads one due chain; false when none was due and free. Throws only when the database is away. */
  async readOne(): Promise<boolean> {
    const chain = await claimDueChain(this.context);
    if (chain === null) return false;
    using lease = new ChainLease(this.context.db, chain, this.context.timings.leaseMs);
    await inSpan(`read ${chain.kind} chain`, { parent: chain.traceparent, attributes: attributesOf(chain) }, () =>
      this.read(chain, lease),
    );
    return true;
  }

  private async read(chain: ClaimedChain, lease: ChainLease): Promise<void> {
    const { context } = this;
    let read: ChainRead | undefined;
    try {
      const graph = await context.graph.open(chain.connectionId);
      read = { context, chain, lease, graph, readNo: await nextReadNo(context.db), startedAt: context.clock() };
      currentSpan().note({ 'rollcall.read_no': read.readNo });
      await follow(read);
      if (await unblockConnection(context.db, chain.connectionId, chain.kind)) await context.graph.recovered(chain.connectionId);
    } catch (error) {
      currentSpan().fail(error);
      await this.react(error, chain, read);
    } finally {
      // A round that broke off without an error leaves the lease; harmless where it was given back with the commit.
      await releaseLease(context.db, CHAIN_LEASES, { key: chain.id, token: chain.leaseToken }).catch(() => undefined);
    }
  }

  private async react(error: unknown, chain: ClaimedChain, read: ChainRead | undefined): Promise<void> {
    const { db, log } = this.context;
    const { connectionId } = chain;
    const { reaction, nextTryAt, isNews } = await takeFailure(this.context, error, chain);
    if (reaction.kind === 'abandon') return log.debug({ err: error, chainId: chain.id }, 'a chain is left to its next reader');
    if (reaction.kind === 'reset' && read !== undefined) return resetChain(read);
    if (reaction.kind === 'reset') return;
    const fields = { connectionId, chainId: chain.id, nextTryAt };
    logFailure(log, error, fields, 'a chain could not be read; trying again', isNews);
    if (reaction.kind === 'blockConnection') return;
    await db.query(
      `UPDATE watch.chains SET failures = failures + 1, failure_code = $3, retry_at = now() + $4 * interval '1 millisecond'
        WHERE id = $1 AND lease_token = $2`,
      [chain.id, chain.leaseToken, reaction.code, reaction.waitMs],
    );
  }
}

function attributesOf({ id, organisationId, connectionId, cause }: ClaimedChain): SpanAttributes {
  return {
    'rollcall.organisation_id': organisationId,
    'rollcall.connection_id': connectionId,
    'rollcall.chain_id': id,
    'rollcall.read_cause': cause,
  };
}

async function follow(read: ChainRead): Promise<void> {
  const { chain } = read;
  if (chain.link === null) return startChain(read);
  const link = chain.nextLink ?? chain.link;
  return chain.kind === 'groups' ? readGroupsRound(read, link) : readUsersRound(read, link);
}
