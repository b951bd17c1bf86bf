import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '#contracts';
import type { PartitionLag } from '../log-engine.js';
import { noMetrics } from '../metrics.js';
import { LagWatchdog } from './lag-watchdog.js';

const behind = (nextOffset: number): PartitionLag[] => [{ topic: 't', partition: 0, nextOffset, endOffset: 10 }];

describe('LagWatchdog', () => {
  let lag: () => Promise<PartitionLag[]>;
  let tried = 0;
  let alarms = 0;
  let watchdog: LagWatchdog;

  beforeEach(() => {
    vi.useFakeTimers();
    tried = 0;
    alarms = 0;
    lag = async () => behind(5);
    watchdog = new LagWatchdog({
      group: 'g',
      log: silentLog,
      metrics: noMetrics,
      lag: () => lag(),
      tried: () => tried,
      stuckAfterMs: 60_000,
      onStuck: () => alarms++,
    });
    watchdog.start();
  });

  afterEach(() => {
    watchdog.stop();
    vi.useRealTimers();
  });

  it('raises the alarm when the lag stands still and nothing is tried', async () => {
    await vi.advanceTimersByTimeAsync(100_000);
    expect(alarms).toBe(1);
  });

  it('is quiet while offsets move', async () => {
    let offset = 0;
    lag = async () => behind(++offset % 9);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(alarms).toBe(0);
  });

  it('is quiet while a record is tried again and again', async () => {
    const trying = setInterval(() => tried++, 1_000);
    await vi.advanceTimersByTimeAsync(300_000);
    clearInterval(trying);
    expect(alarms).toBe(0);
  });

  it('is quiet when there is nothing to read', async () => {
    lag = async () => behind(10);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(alarms).toBe(0);
  });

  it('is quiet while the log is away', async () => {
    lag = async () => {
      throw new Error('away');
    };
    await vi.advanceTimersByTimeAsync(300_000);
    expect(alarms).toBe(0);
  });
});
