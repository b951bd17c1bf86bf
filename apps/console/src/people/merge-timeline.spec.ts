import { describe, expect, it } from 'vitest';
import type { Activity, HeldChange } from '../api/types.js';
import { mergeTimeline } from './merge-timeline.js';

const effect = (appliedAt: string) => ({ id: appliedAt, appliedAt }) as Activity;
const ended = (at: string) => ({ id: `end ${at}`, closed: { at, by: null, note: 'note' } }) as HeldChange;
const instants = (moments: ReturnType<typeof mergeTimeline>) => moments.map(({ at }) => at);

describe('the timeline of a person', () => {
  it('puts the end of what was held between the effects', () => {
    const moments = mergeTimeline([effect('2026-03'), effect('2026-01')], [ended('2026-02')], true);
    expect(instants(moments)).toEqual(['2026-03', '2026-02', '2026-01']);
    expect(moments[1]).toHaveProperty('ended');
  });

  it('keeps ends back until the effects of their time are loaded', () => {
    expect(instants(mergeTimeline([effect('2026-03')], [ended('2026-02')], false))).toEqual(['2026-03']);
    expect(instants(mergeTimeline([effect('2026-03')], [ended('2026-02')], true))).toEqual(['2026-03', '2026-02']);
  });

  it('says an effect before the end of the hold that it came with', () => {
    const moments = mergeTimeline([effect('2026-02')], [ended('2026-02')], true);
    expect(moments[0]).toHaveProperty('effect');
  });
});
