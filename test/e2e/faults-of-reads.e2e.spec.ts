import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '#graph-simulator';
import { eventually } from '../support/eventually.js';
import type { LiveTenant } from '../support/live-tenant.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

describe('what Graph answers wrongly removes nobody, and is mended when the fault ends (invariants 2, 3 and 4)', () => {
  let rollcall: RollcallInProcess;
  beforeAll(async () => {
    rollcall = await RollcallInProcess.start();
  });
  afterAll(() => rollcall.stop());

  /** Joiners, leavers, renames and a disable while the faults are on; the others must not notice anything. */
  async function livesThrough(
    faults: readonly FaultInput[],
    { whileOn }: { whileOn?: (tenant: LiveTenant) => Promise<void> } = {},
  ) {
    const tenant = await rollcall.connect();
    const { control, groupId } = tenant;
    const before = control.memberIds(groupId);
    const [leaver, renamed, disabled, ...stayers] = before as [string, string, string, ...string[]];
    for (const fault of faults) control.setFault(fault);
    const joiners = LETTERS.map((letter) => control.addPerson({ displayName: `Joiner ${letter}` }));
    for (const joiner of joiners) control.addMember(groupId, joiner);
    control.removeMember(groupId, leaver);
    control.updateUser(renamed, { displayName: 'Renamed Meanwhile' });
    control.disableUser(disabled);
    control.removeMember(groupId, joiners[0]!);
    control.addMember(groupId, joiners[0]!);
    await whileOn?.(tenant);
    await faultsWereMet(tenant);
    control.clearFaults();
    await tenant.untilEqual(undefined, 45_000);
    await quiet(tenant);
    await tenant.untilEqual();
    await tenant.expectNobodyRemoved([...stayers, renamed, ...joiners.slice(1)]);
  }

  it.concurrent('429 with and without Retry-After on everything for a while', () =>
    livesThrough([
      { kind: 'throttle', retryAfterSeconds: 1, probability: 0.5 },
      { kind: 'throttle', retryAfterSeconds: null, probability: 0.3 },
    ]),
  );

  it.concurrent('5xx, resets, hangs, truncated bodies and HTML', () =>
    livesThrough([
      { kind: 'serverError', status: 503, probability: 0.1 },
      { kind: 'serverError', status: 500, probability: 0.1 },
      { kind: 'reset', probability: 0.1 },
      { kind: 'hang', ms: 1_500, probability: 0.1 },
      { kind: 'truncate', probability: 0.2 },
      { kind: 'html', status: 200, probability: 0.1 },
    ]),
  );

  it.concurrent('empty pages that claim to be all, with a full sync in the middle of them', () =>
    livesThrough(
      [
        { kind: 'emptyPage', scope: { path: '/members' } },
        { kind: 'emptyPage', scope: { path: 'getByIds' }, probability: 0.5 },
      ],
      { whileOn: fullSync },
    ),
  );

  it.concurrent('links that expire, old rounds again, and rounds that tell a part', () =>
    livesThrough([
      { kind: 'gone', scope: { path: '/delta' }, probability: 0.1, times: 2 },
      { kind: 'deltaTokenExpired', scope: { path: '/delta' }, probability: 0.1, times: 2 },
      { kind: 'deltaReplay', rounds: 2, probability: 0.3 },
      { kind: 'deltaPartial', fraction: 0.5, probability: 0.3 },
    ]),
  );

  it.concurrent('replicas that are behind, in every read, with a full sync in the middle of them', () =>
    livesThrough([{ kind: 'staleRead', ms: 1_000 }], { whileOn: fullSync }),
  );
});

async function fullSync(tenant: LiveTenant): Promise<void> {
  const run = await tenant.api.post<{ id: string }>(`/connections/${tenant.connectionId}/sync-runs`, {
    kind: 'full',
    apply: 'automatic',
  });
  await eventually(
    async () => {
      const { state } = await tenant.api.get<{ state: string }>(`/sync-runs/${run.id}`);
      expect(['completed', 'failed']).toContain(state);
    },
    { deadlineMs: 60_000, everyMs: 250 },
  );
}

/** Faults that end by themselves have been met when they are gone. */
async function faultsWereMet({ control }: LiveTenant): Promise<void> {
  await eventually(
    () => {
      const lasting = control.listFaults().filter(({ fault }) => fault.times === null);
      expect(lasting.reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThanOrEqual(2 * lasting.length);
    },
    { deadlineMs: 30_000 },
  );
}

/** No recheck waits: whatever was contradictory has been read again. */
async function quiet(tenant: LiveTenant): Promise<void> {
  await eventually(async () => expect((await tenant.health()).rechecks.size).toBe(0), { deadlineMs: 60_000, everyMs: 250 });
}
