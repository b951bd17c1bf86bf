import { beforeEach, describe, expect, test } from 'vitest';
import { LOAD_LIFETIME_MS, type ThrottleGate, type ThrottleScope } from '../src/throttling/throttle-gate.js';

/** What every ThrottleGate promises. `setup` gives a gate that reads the time from the clock, and two scopes that it may use. */
export function describeThrottleGateContract(
  name: string,
  setup: (clock: () => Date) => Promise<{ gate: ThrottleGate; scope: ThrottleScope; otherScope: ThrottleScope }>,
): void {
  describe(`${name} as a throttle gate`, () => {
    let now = new Date();
    let gate: ThrottleGate;
    let scope: ThrottleScope;
    let otherScope: ThrottleScope;
    const after = (ms: number) => new Date(now.getTime() + ms);

    beforeEach(async () => {
      now = new Date('2026-03-01T12:00:00.000Z');
      ({ gate, scope, otherScope } = await setup(() => now));
    });

    test('knows no wait and no load at first', async () => {
      expect(await gate.blockedUntil(scope)).toBeNull();
      expect(await gate.load(scope)).toBeNull();
    });

    test('gives back the wait that was written, until it is over', async () => {
      await gate.block(scope, after(5_000), 'Retry-After');
      expect(await gate.blockedUntil(scope)).toEqual(after(5_000));
      now = after(5_001);
      expect(await gate.blockedUntil(scope)).toBeNull();
    });

    test('never shortens a wait', async () => {
      await gate.block(scope, after(60_000), 'long');
      await gate.block(scope, after(1_000), 'short');
      expect(await gate.blockedUntil(scope)).toEqual(after(60_000));
    });

    test('takes a new wait after the old one is over', async () => {
      await gate.block(scope, after(1_000), 'first');
      now = after(2_000);
      await gate.block(scope, after(3_000), 'second');
      expect(await gate.blockedUntil(scope)).toEqual(after(3_000));
    });

    test('gives back the newest load, and forgets it after its lifetime', async () => {
      await gate.reportLoad(scope, 1.2);
      await gate.reportLoad(scope, 0.85);
      expect(await gate.load(scope)).toBeCloseTo(0.85);
      now = after(LOAD_LIFETIME_MS);
      expect(await gate.load(scope)).toBeNull();
    });

    test('one tenant and application does not see the waits of another (invariant 9)', async () => {
      await gate.block(scope, after(60_000), 'mine');
      await gate.reportLoad(scope, 1.8);
      expect(await gate.blockedUntil(otherScope)).toBeNull();
      expect(await gate.load(otherScope)).toBeNull();
    });

    test('is safe to write from many callers at once', async () => {
      await Promise.all(Array.from({ length: 20 }, (_, index) => gate.block(scope, after((index + 1) * 1_000), `wait ${index}`)));
      expect(await gate.blockedUntil(scope)).toEqual(after(20_000));
    });
  });
}
