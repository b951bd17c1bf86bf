import { describe, expect, it } from 'vitest';
import { behavioursSchema } from '../faults/behaviours.js';
import type { PendingNotification } from './change-notification.js';
import { DeliveryMarks } from './delivery-marks.js';
import { EndpointHealth } from './endpoint-health.js';
import { untilReauthorizationMs } from './lifecycle-notifier.js';

const MINUTE_MS = 60_000;
const pending = (seq: number): PendingNotification => ({ subscriptionId: 's', url: 'http://x', item: {}, seq });

describe('delivery', () => {
  it('marks as served only what nothing older is on its way before', () => {
    const marks: number[] = [];
    const tracked = new DeliveryMarks((_id, seq) => marks.push(seq));
    const [one, two, three] = [pending(1), pending(2), pending(3)];
    for (const each of [one, two, three]) tracked.begin(each);
    tracked.settle(three);
    tracked.settle(one);
    tracked.settle(one);
    tracked.settle(two);
    expect(marks).toEqual([0, 1, 2]);
  });

  it('delays for an endpoint that is often slow, drops for one that is often silent, and tries again after the window', () => {
    const behaviours = behavioursSchema.parse({ endpointMinimumAnswers: 10 });
    const health = new EndpointHealth();
    for (let answer = 0; answer < 10; answer++) health.record(answer, answer < 8 ? 10 : 4_000, behaviours);
    expect(health.state(10)).toBe('slow');
    for (let answer = 0; answer < 5; answer++) health.record(20, 11_000, behaviours);
    expect(health.state(30)).toBe('drop');
    expect(health.state(30 + behaviours.endpointWindowMs)).toBe('normal');
  });

  it('asks for reauthorisation earlier the shorter the token lives', () => {
    expect(untilReauthorizationMs(8 * 60 * MINUTE_MS)).toBe(6 * 60 * MINUTE_MS);
    expect(untilReauthorizationMs(120 * MINUTE_MS)).toBe(60 * MINUTE_MS);
    expect(untilReauthorizationMs(59 * MINUTE_MS)).toBe(15 * MINUTE_MS);
  });
});
