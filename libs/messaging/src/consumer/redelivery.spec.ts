import { describe, expect, it } from 'vitest';
import { decideRedelivery, defaultRedelivery } from './redelivery.js';

const bug = new TypeError('x is undefined');
const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });

describe('decideRedelivery', () => {
  it('waits longer after each failure, and gives up at the bound', () => {
    const decisions = [1, 2, 3, 4, 5].map((attempts) => decideRedelivery(bug, { attempts, delays: 0 }, defaultRedelivery));
    expect(decisions).toEqual([
      { kind: 'redeliver', waitMs: 200 },
      { kind: 'redeliver', waitMs: 800 },
      { kind: 'redeliver', waitMs: 3_200 },
      { kind: 'redeliver', waitMs: 10_000 },
      { kind: 'dead-letter' },
    ]);
  });

  it('has endless patience with an engine that is away', () => {
    expect(decideRedelivery(away, { attempts: 1, delays: 100_000 }, defaultRedelivery)).toEqual({ kind: 'delay', waitMs: 5_000 });
  });

  it('waits as long as the other side asked, also at the bound', () => {
    const asked = Object.assign(new Error('asked'), { code: 'THROTTLED', retry: { afterMs: 1_234 } });
    expect(decideRedelivery(asked, { attempts: 9, delays: 9 }, defaultRedelivery)).toEqual({ kind: 'delay', waitMs: 1_234 });
  });
});
