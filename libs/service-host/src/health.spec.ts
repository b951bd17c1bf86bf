import { describe, expect, it } from 'vitest';
import { Health } from './health.js';

describe('Health', () => {
  it('is ready when every check is', async () => {
    const health = new Health();
    health.add('postgres', () => ({ ready: true }));
    expect(await health.report()).toMatchObject({ ready: true });
  });

  it('names what is missing, also when a check throws', async () => {
    const health = new Health();
    health.add('postgres', () => ({ ready: true }));
    health.add('log', () => Promise.reject(new Error('no broker')));
    expect(await health.report()).toEqual({
      ready: false,
      checks: { postgres: { ready: true }, log: { ready: false, reason: 'no broker' } },
    });
  });

  it('replaces a check of the same name', async () => {
    const health = new Health();
    health.add('application', () => ({ ready: false, reason: 'starting' }));
    health.add('application', () => ({ ready: true }));
    expect((await health.report()).ready).toBe(true);
  });
});
