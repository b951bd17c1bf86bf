import 'reflect-metadata';
import { Controller } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { accountCreatedV1, accountUpdatedV1, silentLog } from '#contracts';
import { Database } from '#database';
import { effectEvent, FakeEngine } from '#messaging/testing';
import type { Delivery } from '../consumer/delivery.js';
import { HandlerRegistryError } from '../errors.js';

import { LogStrategy } from './log-strategy.js';
import { OnEvent } from './on-event.js';

class DatabaseIsAway extends Error {
  readonly code = 'ECONNREFUSED';
}

const seen: Delivery[] = [];
let failure: Error | undefined;

@Controller()
class RememberAccounts {
  @OnEvent('notification', accountUpdatedV1)
  async handle(delivery: Delivery<typeof accountUpdatedV1>): Promise<void> {
    if (failure !== undefined) throw failure;
    seen.push(delivery);
  }
}

@Controller()
class OfAnotherGroup {
  @OnEvent('provisioning', accountUpdatedV1)
  async handle(): Promise<void> {
    throw new Error('must not be called');
  }
}

async function boot(
  engine: FakeEngine,
  events: readonly (typeof accountUpdatedV1 | typeof accountCreatedV1)[],
  controllers: (new () => object)[],
) {
  const strategy = new LogStrategy({
    group: 'notification',
    engine,
    db: Object.create(Database.prototype) as Database,
    events,
    log: silentLog,
  });
  const module = await Test.createTestingModule({ controllers }).compile();
  const app = module.createNestApplication(new FastifyAdapter());
  app.useLogger(false);
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  return { app, listening: app.startAllMicroservices() };
}

describe('LogStrategy', () => {
  beforeEach(() => {
    seen.length = 0;
    failure = undefined;
  });

  it('hands a checked delivery to the handler of its group', async () => {
    const engine = new FakeEngine();
    const { app, listening } = await boot(engine, [accountUpdatedV1], [RememberAccounts, OfAnotherGroup]);
    await listening;
    await engine.deliver([effectEvent('a', 1)]);
    expect(seen.map(({ event, attempt }) => [event.type, attempt])).toEqual([['rollcall.account.updated', 1]]);
    await app.close();
    expect(engine.isStopped).toBe(true);
  });

  it("keeps the class of a handler's error, so that a database that is away delays and never dead-letters", async () => {
    const engine = new FakeEngine();
    const { app, listening } = await boot(engine, [accountUpdatedV1], [RememberAccounts]);
    await listening;
    failure = new DatabaseIsAway('connect ECONNREFUSED');
    for (let attempt = 0; attempt < 20; attempt++) {
      expect((await engine.deliver([effectEvent('a', 1)])).resumeAfterMs).toBeGreaterThan(0);
    }
    expect(engine.committed).toBeUndefined();
    await app.close();
  });

  it('does not boot when an event of the list has no handler', async () => {
    const { listening } = await boot(new FakeEngine(), [accountUpdatedV1, accountCreatedV1], [RememberAccounts]);
    await expect(listening).rejects.toThrow(HandlerRegistryError);
    await expect(listening).rejects.toThrow('no handler for rollcall.account.created');
  });

  it('does not boot with a handler for an event outside the list', async () => {
    const { listening } = await boot(new FakeEngine(), [accountCreatedV1], [RememberAccounts]);
    await expect(listening).rejects.toThrow('RememberAccounts handles rollcall.account.updated, which is not in the list');
  });

  it('does not boot with two handlers for one event', async () => {
    @Controller()
    class Again {
      @OnEvent('notification', accountUpdatedV1)
      async handle(): Promise<void> {}
    }
    const { listening } = await boot(new FakeEngine(), [accountUpdatedV1], [RememberAccounts, Again]);
    await expect(listening).rejects.toThrow('both RememberAccounts and Again handle rollcall.account.updated');
  });
});
