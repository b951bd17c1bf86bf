import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { requestRun, runsMigrations } from '#runs';
import { claimRun } from './claim-run.js';

const test = withDatabase([messagingMigrations, runsMigrations]);

it('what somebody waits for is worked on before what the schedule asked for, each in the order of asking', async () => {
  const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 2, 0, second));
  const ask = async (reason: string, second: number) => {
    const actor = { kind: 'system', id: 'full-sync', organisationId: randomUUID() } as const;
    const request = { connectionId: randomUUID(), kind: 'full', apply: 'automatic', reason } as const;
    await test.db.transaction((tx) => requestRun(tx, actor, request, at(second)));
  };
  await ask('SCHEDULE', 1);
  await ask('SCHEDULE', 2);
  await ask('BASELINE', 3);
  await ask('MANUAL', 4);
  const claimed = [];
  for (;;) {
    const next = await claimRun(test.db, 'worker', 60_000, at(5));
    if (next === undefined) break;
    claimed.push([next.run.reason, next.run.requestedAt.getUTCSeconds()]);
  }
  expect(claimed).toEqual([
    ['BASELINE', 3],
    ['MANUAL', 4],
    ['SCHEDULE', 1],
    ['SCHEDULE', 2],
  ]);
});
