import { beforeEach, describe, expect, it } from 'vitest';
import { accountUpdatedV1, silentLog } from '#contracts';
import { Database } from '#database';
import { effectEvent, FakeEngine } from '#messaging/testing';
import { Consumer, type ConsumerOptions } from './consumer.js';

describe('Consumer', () => {
  let engine: FakeEngine;
  let consumer: Consumer;
  let handled: number[];
  let failsAt: number | undefined;

  beforeEach(() => {
    engine = new FakeEngine();
    handled = [];
    failsAt = undefined;
    consumer = new Consumer(options());
    consumer.start();
  });

  const options = (): ConsumerOptions => ({
    group: 'notification',
    engine,
    db: Object.create(Database.prototype) as Database,
    events: [accountUpdatedV1],
    handlers: [
      {
        name: 'Remember',
        definition: accountUpdatedV1,
        handle: async ({ offset }) => {
          if (offset === failsAt) throw new TypeError('x is undefined');
          handled.push(offset);
        },
      },
    ],
    log: silentLog,
  });

  const three = () => [0, 1, 2].map((n) => effectEvent('key', n));

  it('commits once every record of a batch is handled', async () => {
    expect(await engine.deliver(three())).toEqual({ resumeAfterMs: 0 });
    expect(handled).toEqual([0, 1, 2]);
    expect(engine.committed).toBe(3);
  });

  it('commits what came before a failure and waits at it', async () => {
    failsAt = 1;
    expect(await engine.deliver(three())).toEqual({ resumeAfterMs: 200 });
    expect(handled).toEqual([0]);
    expect(engine.committed).toBe(1);
  });

  it('commits no further than the first of a row that failed, whatever came of those behind it', async () => {
    const feed = new Consumer({ ...options(), inARow: 2 });
    feed.start();
    failsAt = 1;
    expect(await engine.deliver([...three(), ...three()])).toEqual({ resumeAfterMs: 200 });
    expect(handled).toEqual([0]);
    failsAt = 2;
    expect(await engine.deliver([...three(), ...three()])).toEqual({ resumeAfterMs: 200 });
    expect(handled).toEqual([0, 0, 1, 3]);
    expect(engine.committed).toBe(2);
  });

  it('outlives a commit that fails', async () => {
    engine.commitFailure = new Error('the group is rebalancing');
    expect((await engine.deliver(three())).resumeAfterMs).toBeGreaterThan(0);
    engine.commitFailure = undefined;
    expect(await engine.deliver(three())).toEqual({ resumeAfterMs: 0 });
  });

  it('takes nothing more of a batch that it lost', async () => {
    await consumer.stop();
    expect(await engine.deliver(three())).toEqual({ resumeAfterMs: 0 });
    expect(handled).toEqual([]);
    expect(engine.committed).toBeUndefined();
  });

  it('reads on with a new reader after a restart', async () => {
    consumer.restart();
    expect(engine.sources).toBe(2);
    engine.isStopped = false;
    await engine.deliver(three());
    expect(handled).toEqual([0, 1, 2]);
    await consumer.stop();
  });
});
