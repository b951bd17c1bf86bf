import { describe, expect, it } from 'vitest';
import type { Connection, ConnectionHealth } from '../api/types.js';
import { describeConnection, statusOf, withoutRemovedDemo } from './describe-connection.js';
import { findEndingSecrets } from './ending-secrets.js';
import type { ModeFacts } from './live-mode.js';

const connection = (overrides: Partial<Connection> = {}): Connection => ({
  id: 'c',
  organisationId: 'o',
  name: 'Contoso',
  tenantId: 't',
  cloud: 'global',
  state: 'enabled',
  reason: null,
  nextTryAt: null,
  credential: { kind: 'clientSecret', clientId: 'a', expiresAt: null, problem: null, failedAt: null },
  scope: { mode: 'groups' } as Connection['scope'],
  settings: { trigger: { live: true } } as Connection['settings'],
  watchedGroups: [{ id: 'g', displayName: 'Sales' }],
  version: 1,
  createdAt: '2026-11-22T00:00:00Z',
  updatedAt: '2026-11-22T00:00:00Z',
  ...overrides,
});

const looked = (mode: ModeFacts['mode']): ModeFacts => ({ mode, subscriptions: [], lastSweepAt: '2026-11-22T00:00:00Z' });

describe('statusOf', () => {
  it('calls nothing sweep only before it has looked once, or while Graph has not answered', () => {
    expect(statusOf(connection(), { ...looked('polling'), lastSweepAt: null }).word).toBe('Connected');
    const subscriptions = [{} as ModeFacts['subscriptions'][number]];
    expect(statusOf(connection(), { ...looked('polling'), subscriptions }).word).toBe('Connected');
  });

  it('calls a live connection connected, and one without notices sweep only', () => {
    expect(statusOf(connection(), looked('perGroup')).word).toBe('Connected');
    expect(statusOf(connection(), looked('polling')).word).toBe('Sweep only');
    expect(statusOf(connection({ state: 'quarantined' })).tone).toBe('bad');
  });
});

describe('describeConnection', () => {
  it('names the one group that is watched', () => {
    expect(describeConnection(connection())).toBe('Keeps Sales equal to Entra, live.');
  });

  it('says that the first read is under way, not that nobody is kept', () => {
    const health = {
      ...looked('perGroup'),
      baselines: [{}],
      heldChanges: 0,
      blocked: null,
      people: { active: 0, inactive: 0 },
    } as unknown as ConnectionHealth;
    expect(describeConnection(connection(), health)).toBe('Reads Sales for the first time.');
    expect(describeConnection(connection(), { ...health, baselines: [] })).toBe('Keeps 0 people of Sales equal to Entra, live.');
  });

  it('does not call live what waits: for a full sync, or as Microsoft Graph asked', () => {
    const health = {
      ...looked('perGroup'),
      baselines: [],
      heldChanges: 0,
      blocked: null,
      people: { active: 3, inactive: 0, waiting: 0 },
    } as unknown as ConnectionHealth;
    const off = connection({ settings: { trigger: { live: false } } as Connection['settings'] });
    expect(describeConnection(off, health)).toBe('Keeps 3 people of Sales equal to Entra, by full syncs only: live sync is off.');
    const waiting = { ...health, people: { ...health.people, waiting: 1 } };
    expect(describeConnection(off, waiting)).toMatch(/live sync is off; changes of 1 person wait for the next one\.$/);
    const blocked = { ...health, blocked: { code: 'THROTTLED', until: '2026-11-29T03:56:16.000Z' } };
    expect(describeConnection(connection(), blocked)).toMatch(/equal to Entra, live; Microsoft Graph asks to wait until .*56/);
  });

  it('says that it is the whole tenant, whatever groups are watched beside it', () => {
    const scope = { mode: 'allUsers' } as Connection['scope'];
    expect(describeConnection(connection({ scope }))).toBe('Keeps the whole tenant equal to Entra, live.');
  });

  it('does not repeat the word of the state', () => {
    for (const state of ['created', 'paused', 'quarantined', 'disconnected'] as const) {
      const { word } = statusOf({ state });
      expect(describeConnection(connection({ state }))).not.toMatch(new RegExp(word, 'i'));
    }
  });

  it('says how many stay as they are while it is paused', () => {
    const paused = (active: number) =>
      describeConnection(connection({ state: 'paused' }), {
        ...looked('off'),
        people: { active, inactive: 0 },
      } as ConnectionHealth);
    expect(paused(1)).toMatch(/resumed\. 1 person stays as they are\.$/);
    expect(paused(25)).toMatch(/ 25 people stay as they are\.$/);
    expect(paused(0)).toMatch(/ Nobody is in yet\.$/);
    expect(describeConnection(connection({ state: 'paused' }))).toMatch(/ Its people stay as they are\.$/);
  });

  it('says why a quarantined connection stands still', () => {
    const reason = { code: 'SECRET_EXPIRED', message: 'the client secret has expired.', remedy: '' };
    expect(describeConnection(connection({ state: 'quarantined', reason }))).toContain('the client secret has expired.');
  });
});

describe('findEndingSecrets', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  const expiring = (expiresAt: string | null) =>
    connection({ credential: { kind: 'clientSecret', clientId: 'a', expiresAt, problem: null, failedAt: null } });

  it('names a secret that ends within 30 days, or has ended', () => {
    expect(findEndingSecrets([expiring('2026-12-02T00:00:00Z')], now)[0]?.sentence).toBe(
      'The client secret of Contoso ends in 10 days',
    );
    expect(findEndingSecrets([expiring('2026-11-01T00:00:00Z')], now)[0]?.sentence).toContain('has ended');
  });

  it('is silent about one that lasts', () => {
    expect(findEndingSecrets([expiring('2027-06-01T00:00:00Z')], now)).toEqual([]);
  });

  it('reminds of one whose end nobody entered, but for the demo, whose secret does not end', () => {
    expect(findEndingSecrets([expiring(null)], now)[0]?.sentence).toBe('Nobody knows when the client secret of Contoso ends');
    expect(findEndingSecrets([{ ...expiring(null), cloud: 'simulated' }], now)).toEqual([]);
  });
});

it('shows no demo that was removed, but a real tenant that was disconnected', () => {
  const [demo, removed, real] = [
    { cloud: 'simulated', state: 'enabled' },
    { cloud: 'simulated', state: 'disconnected' },
    { cloud: 'global', state: 'disconnected' },
  ] as const;
  expect(withoutRemovedDemo([demo, removed, real])).toEqual([demo, real]);
});
