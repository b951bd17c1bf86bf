import { beforeEach, describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { seedOrganisation, type SeededOrganisation } from '#notices/testing';
import { noticesMigrations } from '../migrations/index.js';
import { listAlerts } from '../queries/list-alerts.js';
import { listDeliveries } from '../queries/list-deliveries.js';
import { checkStanding } from './check-standing.js';
import { occurrencesOfCredential, occurrencesOfDeadLetters } from './standing-causes.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, noticesMigrations]);
const DAY_MS = 86_400_000;

describe('what stands without an event', () => {
  let org: SeededOrganisation;
  const start = new Date('2026-03-02T12:00:00Z');
  const day = (n: number) => new Date(start.getTime() + n * DAY_MS);
  const about = () => ({ organisationId: org.organisationId, connectionId: org.connectionId, connectionName: 'Contoso' });
  const check = (now: Date, occurrences: ReturnType<typeof occurrencesOfCredential>) =>
    checkStanding(database.db, [{ organisationId: org.organisationId, connectionId: org.connectionId, occurrences }], now);
  const checkSecret = (now: Date, expiresAt: Date | null) => check(now, occurrencesOfCredential({ ...about(), expiresAt }, now));
  const told = async () =>
    (await listDeliveries(database.db, org.organisationId, { limit: 100 })).reverse().map(({ title }) => title);

  beforeEach(async () => {
    org = await seedOrganisation(database.db);
  });

  it('tells the end of a secret 30, 14, 7 and 1 days before, and when it has come, each once', async () => {
    const expiresAt = day(40);
    for (let hours = 0; hours < 42 * 24; hours += 8) await checkSecret(new Date(start.getTime() + hours * 3_600_000), expiresAt);
    expect(await told()).toEqual([
      'The client secret of Contoso ends in 30 days',
      'The client secret of Contoso ends in 14 days',
      'The client secret of Contoso ends in 7 days',
      'The client secret of Contoso ends in 1 day',
      'The client secret of Contoso has expired',
    ]);
    expect(await listAlerts(database.db, org.organisationId, { limit: 10 })).toEqual([
      expect.objectContaining({ state: 'open', isUrgent: true, count: 1 }),
    ]);
  });

  it('gives the all-clear when the secret was renewed', async () => {
    await checkSecret(day(0), day(5));
    expect(await checkSecret(day(1), day(300))).toEqual({ opened: [], resolved: ['credentialEnding'] });
    expect(await told()).toHaveLength(2);
  });

  it('opens one alert for dead letters, however many replicas look, and ends it when none waits', async () => {
    const look = (open: number, n: number) => check(day(n), occurrencesOfDeadLetters({ ...about(), open }, day(n)));
    await Promise.all([look(3, 0), look(3, 0), look(3, 0)]);
    await look(7, 1);
    expect(await listAlerts(database.db, org.organisationId, { limit: 10 })).toEqual([
      expect.objectContaining({ state: 'open' }),
    ]);
    expect(await look(0, 2)).toEqual({ opened: [], resolved: ['deadLetters'] });
    expect(await told()).toEqual([
      'Messages of Contoso could not be handled',
      'All clear: Messages of Contoso could not be handled',
    ]);
  });
});
