import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LeaseLostError } from '#database';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { eventually } from '#test/eventually';
import { WatchStage } from '#watch/testing';
import { forgetReadMarks, raiseDueMarks } from '../intake/due-marks.js';
import { watchMigrations } from '../migrations/index.js';
import type { ClaimedChain } from './chain.js';
import { ChainLease } from './chain-lease.js';
import { ChainReader } from './chain-reader.js';
import { claimDueChain } from './claim-due-chain.js';
import { LONGEST, MAX_LEASES_PER_CONNECTION } from './due-chains.js';

const database = withDatabase([messagingMigrations, watchMigrations]);

describe('claimDueChain', () => {
  let stage: WatchStage;
  beforeEach(() => {
    stage = new WatchStage(() => database.db, { rereadSoonMs: 150, rereadLateMs: 60_000 });
  });
  afterEach(() => stage.clear());

  const groups = (count: number) => Array.from({ length: count }, () => randomUUID());
  const readAll = async () => {
    const reader = new ChainReader(stage.context());
    while (await reader.readOne());
  };

  it('lets the connections take turns, and none hold more than four leases (invariant 9)', async () => {
    const noisy = await stage.watch(groups(50 * 6));
    const quiet = await stage.watch(groups(1));
    const claimed: ClaimedChain[] = [];
    for (let chain = await claimDueChain(stage.context()); chain !== null; chain = await claimDueChain(stage.context()))
      claimed.push(chain);
    const of = (connectionId: string) => claimed.filter((chain) => chain.connectionId === connectionId).length;
    expect(of(noisy.connectionId)).toBe(MAX_LEASES_PER_CONNECTION);
    expect(of(quiet.connectionId)).toBe(2);
    expect(
      claimed
        .slice(0, 2)
        .map((chain) => chain.connectionId)
        .sort(),
    ).toEqual([noisy.connectionId, quiet.connectionId].sort());
  });

  it('gives a chain whose holder was killed to another replica, and lets the first one write no more', async () => {
    await stage.watch(groups(1));
    const brief = { ...stage.context().timings, leaseMs: 200 };
    const killed = await claimDueChain(stage.context({ timings: brief }));
    if (killed === null) throw new Error('a chain was due');
    const taken = await eventually(async () => {
      const chain = await claimDueChain(stage.context({ holder: 'replica' }));
      if (chain?.id !== killed.id) throw new Error('not free yet');
      return chain;
    });
    expect(taken.leaseToken).toBeGreaterThan(killed.leaseToken);
    using lease = new ChainLease(database.db, killed, 60_000);
    await expect(database.db.transaction((tx) => lease.assert(tx))).rejects.toBeInstanceOf(LeaseLostError);
  });

  it('is read again a little after a notification, since the first read may have been too early', async () => {
    const [group] = groups(1) as [string];
    const { connectionId } = await stage.watch([group]);
    await readAll();
    await raiseDueMarks(database.db, [{ connectionId, groupId: group, notices: 1 }]);
    // Once: on a busy machine the second read may be due before the first has ended.
    await new ChainReader(stage.context()).readOne();
    const again = await eventually(async () => {
      const chain = await claimDueChain(stage.context());
      if (chain === null) throw new Error('not due yet');
      return chain;
    });
    expect(again.cause).toBe('reread');
    expect(again.noticedAt).not.toBeNull();
  });

  it('is due at every sweep, whether or not a notification came', async () => {
    await stage.watch(groups(1));
    await readAll();
    expect(await claimDueChain(stage.context())).toBeNull();
    await database.db.query(`UPDATE watch.chains SET read_at = now() - interval '301 seconds'`);
    expect((await claimDueChain(stage.context()))?.cause).toBe('sweep');
  });

  it('reads notices that follow a read together, once they have gathered, and one after a pause at once', async () => {
    const [group] = groups(1) as [string];
    const { connectionId } = await stage.watch([group]);
    await readAll();
    const gathering = stage.context({ timings: { ...stage.context().timings, gatherMs: 60_000 } });
    await raiseDueMarks(database.db, [{ connectionId, groupId: group, notices: 3 }]);
    expect(await claimDueChain(gathering)).toBeNull();
    await database.db.query(`UPDATE watch.chains SET read_at = now() - interval '61 seconds'`);
    expect((await claimDueChain(gathering))?.cause).toBe('notice');
  });

  describe('beside more connections that wait longer than a look goes through', () => {
    let connectionId: string;
    let group: string;
    beforeEach(async () => {
      for (let other = 0; other < LONGEST; other += 1) await stage.watch([]);
      [group] = groups(1) as [string];
      ({ connectionId } = await stage.watch([group]));
      await readAll();
      await database.db.query(`UPDATE watch.chains SET reread_soon_at = NULL, reread_late_at = NULL`);
      await database.db.query(`UPDATE watch.watched_connections SET claimed_at = now() WHERE connection_id = $1`, [connectionId]);
    });

    it.each([
      ['has no link', `UPDATE watch.chains SET link = NULL`],
      ['is in the middle of a round', `UPDATE watch.chains SET next_link = 'next'`],
      ['is read again soon after a notice', `UPDATE watch.chains SET reread_soon_at = now()`],
      ['is read again late after a notice', `UPDATE watch.chains SET reread_late_at = now()`],
      ['was not read for an interval', `UPDATE watch.chains SET read_at = now() - interval '6 minutes'`],
      ['gets no notices', `UPDATE watch.watched_connections SET degraded_since = now()`],
      ['is tried again', `UPDATE watch.watched_connections SET quarantined = true`],
    ])('finds the one that %s', async (_what, change) => {
      await database.db.query(`UPDATE watch.chains SET read_at = now() - interval '1 minute'`);
      expect(await claimDueChain(stage.context({ random: () => 0.9 }))).toBeNull();
      await database.db.query(`${change} WHERE connection_id = $1`, [connectionId]);
      expect(await claimDueChain(stage.context({ random: () => 0.9 }))).toMatchObject({ connectionId });
    });

    it('finds the one that a notice was about, also while all others are due, and no more once it was read', async () => {
      await database.db.query(`UPDATE watch.chains SET read_at = now() - interval '6 minutes' WHERE connection_id <> $1`, [
        connectionId,
      ]);
      await raiseDueMarks(database.db, [{ connectionId, groupId: group, notices: 1 }]);
      await forgetReadMarks(database.db);
      expect(await claimDueChain(stage.context({ random: () => 0.4 }))).toMatchObject({ connectionId, cause: 'notice' });
      await database.db.query(`UPDATE watch.chains SET read_seq = claimed_seq, lease_until = NULL WHERE connection_id = $1`, [
        connectionId,
      ]);
      expect((await claimDueChain(stage.context({ random: () => 0.4 })))?.connectionId).not.toBe(connectionId);
      await forgetReadMarks(database.db);
      expect(await database.db.query(`SELECT 1 FROM watch.due_marks WHERE unread`)).toEqual([]);
    });

    it('goes to the others, too, while there are notices', async () => {
      await database.db.query(`UPDATE watch.chains SET read_at = now() - interval '6 minutes'`);
      await raiseDueMarks(database.db, [{ connectionId, groupId: group, notices: 1 }]);
      expect((await claimDueChain(stage.context({ random: () => 0.5 })))?.connectionId).not.toBe(connectionId);
    });
  });

  it('hands the trace of the first notice that nobody has read to its reader, and to the reads after it', async () => {
    const [group] = groups(1) as [string];
    const { connectionId } = await stage.watch([group]);
    await readAll();
    const notice = (traceparent: string | null) =>
      raiseDueMarks(database.db, [{ connectionId, groupId: group, notices: 1, traceparent }]);
    const readNext = async () => {
      const chain = await eventually(async () => {
        const found = await claimDueChain(stage.context());
        if (found === null) throw new Error('not due yet');
        return found;
      });
      await database.db.query(`UPDATE watch.chains SET read_seq = claimed_seq, lease_until = NULL WHERE id = $1`, [chain.id]);
      return [chain.cause, chain.traceparent];
    };
    await notice('first');
    await notice('second');
    expect(await readNext()).toEqual(['notice', 'first']);
    expect(await readNext()).toEqual(['reread', 'first']);
    await notice('third');
    expect(await readNext()).toEqual(['notice', 'third']);
    await notice(null);
    expect(await readNext()).toEqual(['notice', null]);
    await notice(null);
    await notice('after a mark without a trace');
    expect(await readNext()).toEqual(['notice', 'after a mark without a trace']);
  });

  it('keeps the time of the first notice that no reader has taken up', async () => {
    const [group] = groups(1) as [string];
    const { connectionId } = await stage.watch([group]);
    await readAll();
    const notice = () => raiseDueMarks(database.db, [{ connectionId, groupId: group, notices: 1 }]);
    const noticedAt = async () =>
      (await database.db.query<{ at: Date }>(`SELECT max(noticed_at) AS at FROM watch.due_marks`))[0]?.at.getTime() ?? 0;
    await notice();
    const first = await noticedAt();
    await notice();
    expect(await noticedAt()).toBe(first);
    await claimDueChain(stage.context());
    await notice();
    expect(await noticedAt()).toBeGreaterThan(first);
  });
});
