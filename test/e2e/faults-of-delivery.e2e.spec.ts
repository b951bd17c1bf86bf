import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { RollcallInProcess, shortWaits } from '../support/rollcall-in-process.js';

describe('what Graph tells late, twice, out of order or not at all', () => {
  let rollcall: RollcallInProcess;
  beforeAll(async () => {
    rollcall = await RollcallInProcess.start();
  });
  afterAll(() => rollcall.stop());

  it.concurrent('is found by the sweep where notifications are lost, shown as missed, and healed when they return', async () => {
    const tenant = await rollcall.connect();
    tenant.control.setFault({ kind: 'notificationLost' });
    // What is read again because of the beginning counts as announced: only sweeps are to find these changes.
    const begun = Date.now();
    await eventually(async () => {
      for (const { lastReadAt } of (await tenant.health()).chains)
        expect(Date.parse(lastReadAt ?? '')).toBeGreaterThan(begun + shortWaits.rereadLateMs + shortWaits.sweepMs);
    });
    await tenant.join('Quiet Joiner');
    const leaver = await tenant.join('Quiet Leaver');
    tenant.control.removeMember(tenant.groupId, leaver);
    await tenant.untilStatus(leaver, 'deactivated');
    await eventually(async () => expect((await tenant.health()).missedNotices).toBeGreaterThan(0), {
      deadlineMs: 45_000,
      everyMs: 500,
    });
    await eventually(async () => expect((await tenant.health()).degradedSince).not.toBeNull());

    tenant.control.clearFaults();
    await tenant.join('Loud Joiner');
    await eventually(async () => expect((await tenant.health()).degradedSince).toBeNull());
    await tenant.untilEqual();
  });

  it.concurrent(
    'has the effect of once, in the order of the facts, where notifications are doubled, late and reordered',
    async () => {
      const tenant = await rollcall.connect();
      tenant.control.setFault({ kind: 'notificationDoubled' });
      tenant.control.setFault({ kind: 'notificationLate', ms: 700, probability: 0.5 });
      tenant.control.setFault({ kind: 'notificationReordered', windowMs: 500 });
      const people = Array.from({ length: 12 }, (_, index) =>
        tenant.control.addPerson({ displayName: `Person ${'abcdefghijkl'[index]}` }),
      );
      for (const [index, person] of people.entries()) {
        tenant.control.addMember(tenant.groupId, person);
        if (index % 3 === 0) tenant.control.removeMember(tenant.groupId, person);
        if (index % 4 === 0) tenant.control.updateUser(person, { displayName: `Renamed ${index}` });
      }
      await tenant.untilEqual();
      const effects = (await tenant.activity()).filter(({ entraObjectId }) => people.includes(entraObjectId));
      for (const person of people) {
        const turns = effects
          .filter(({ entraObjectId, groupId }) => entraObjectId === person && groupId !== null)
          .map(({ type }) => type);
        for (const [index, type] of turns.entries()) expect(type, `${person} ${turns.join()}`).not.toBe(turns[index - 1]);
      }
    },
  );

  it.concurrent('is read again after a notification that came before its data', async () => {
    const tenant = await rollcall.connect();
    tenant.control.setFault({ kind: 'deltaLag', ms: 1_000 });
    const joiner = await tenant.join('Early Notice');
    tenant.control.updateUser(joiner, { displayName: 'Early Rename' });
    await tenant.untilEqual();
    expect((await tenant.health()).missedNotices).toBe(0);
  });
});
