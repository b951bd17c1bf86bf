import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#database/embedded';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

describe('the webhooks while Postgres is away', () => {
  let dataDir: string;
  let port: number;
  let postgres: EmbeddedPostgres;
  let rollcall: RollcallInProcess;
  const startPostgres = async () => (postgres = await startEmbeddedPostgres({ dataDir, port }));

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rollcall-away-'));
    port = await freePort();
    const { url: databaseUrl } = await startPostgres();
    // Long sweeps: only a notification can tell of a change.
    rollcall = await RollcallInProcess.start({ databaseUrl, waits: { sweepMs: 300_000 } });
  });
  afterAll(async () => {
    await rollcall.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('answer 503 to what they cannot write down, and what Graph then sends again is applied (invariant 1)', async () => {
    const tenant = await rollcall.connect();
    const { control, groupId } = tenant;
    await eventually(() => expect(control.listSubscriptions()).toHaveLength(2));
    const address = String(control.listSubscriptions()[0]?.['notificationUrl']);
    const post = (url: string, body?: unknown) =>
      fetch(url, {
        method: 'POST',
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });

    await postgres.stop();
    const validation = await post(`${address}&validationToken=still%20here`);
    expect([validation.status, await validation.text()]).toEqual([200, 'still here']);
    const stranger = await post(address.replace(/k=[^&]+/, 'k=stranger'), { value: [{}] });
    expect(stranger.status).toBe(202);
    const joiner = control.addPerson({ displayName: 'Joined In The Dark', groups: [groupId] });
    await eventually(() => expect(control.recentDeliveries()[0]).toMatchObject({ outcome: 503 }));
    await startPostgres();
    await tenant.untilStatus(joiner, 'inactive', 30_000);
  });
});
