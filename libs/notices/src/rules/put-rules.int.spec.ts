import { beforeEach, describe, expect, it } from 'vitest';
import { ConnectionNotFoundError, connectionsMigrations, listAudit, SecretBox } from '#connections';
import { testSecretBox } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { seedOrganisation, type SeededOrganisation } from '#notices/testing';
import { reportChannelStates } from '../channels/channel-states.js';
import { openDestination, resealDestinations } from '../channels/destinations.js';
import { noticesMigrations } from '../migrations/index.js';
import { putPreferences, readPreferences } from '../quiet-hours/preferences.js';
import { listRules } from './list-rules.js';
import { putRules } from './put-rules.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, noticesMigrations]);
const workflow = 'https://prod-1.westeurope.logic.azure.com/workflows/abc?sig=the-secret-of-teams';

describe('the rules of who gets what', () => {
  let org: SeededOrganisation;
  const secretBox = testSecretBox();
  const put = (connectionId: string | null, input: unknown) =>
    database.db.transaction((tx) =>
      putRules(tx, org.actor, connectionId, input, { secretBox, targets: { allowLoopback: false } }),
    );
  const list = (connectionId: string | null) => listRules(database.db, { organisationId: org.organisationId, connectionId });

  beforeEach(async () => {
    org = await seedOrganisation(database.db);
  });

  it('are chosen for the organisation and, before it, for a connection; null returns to the default above', async () => {
    await put(null, { rules: { runFailed: { channels: ['mail', 'mail'] }, runFinished: { channels: ['inProduct'] } } });
    await put(org.connectionId, { rules: { runFailed: { channels: [] } } });
    expect((await list(org.connectionId)).effective).toMatchObject({
      runFailed: { channels: [] },
      runFinished: { channels: ['inProduct'] },
      guardHolding: { channels: ['inProduct'] },
    });
    expect((await list(null)).chosen.runFailed).toEqual({ recipients: [], channels: ['mail'] });
    await put(org.connectionId, { rules: { runFailed: null } });
    expect((await list(org.connectionId)).effective.runFailed.channels).toEqual(['mail']);
  });

  it.each([
    [{ rules: { runFailed: { channels: ['pigeon'] } } }, 'rules.runFailed.channels.0'],
    [{ rules: { nonsense: { channels: [] } } }, 'rules'],
    [{ rules: { runFailed: { channels: [], loud: true } } }, 'rules.runFailed.loud'],
    [{ mail: {} }, 'mail is not known'],
    [{ teams: { url: 'not an address' } }, 'teams.url'],
    [{ teams: { url: 'http://teams.example.com/' } }, 'teams.url must be an https address'],
    [{ webhook: { url: 'https://169.254.169.254/' } }, 'webhook.url must not be an address of a private network'],
    [{ webhook: { url: 'https://hooks.example.com/', secret: 'short' } }, 'webhook.secret'],
  ])('refuse %j and name the field', async (input, fault) => {
    await expect(put(null, input)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', message: expect.stringContaining(fault) });
  });

  it('name super admins only', async () => {
    const eve = await org.addMember('itAdmin', 'Eve');
    await expect(put(null, { rules: { runFailed: { recipients: [eve], channels: ['mail'] } } })).rejects.toThrow(
      'not a super admin of this organisation',
    );
    await put(null, { rules: { runFailed: { recipients: [org.adminId], channels: ['mail'] } } });
  });

  it('do not reach into another organisation (invariant 9)', async () => {
    const other = await seedOrganisation(database.db);
    await expect(put(other.connectionId, { rules: {} })).rejects.toBeInstanceOf(ConnectionNotFoundError);
    await expect(put(null, { rules: { runFailed: { recipients: [other.adminId], channels: [] } } })).rejects.toThrow(
      'super admin',
    );
  });

  it('keep addresses sealed: none comes back, none is in the audit, none stands in a table (invariant 10)', async () => {
    const changed = await put(null, {
      teams: { url: workflow },
      webhook: { url: 'https://hooks.example.com/in?key=also-secret' },
    });
    expect(changed.webhookSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const shown = JSON.stringify([
      await list(null),
      await listAudit(database.db, org.organisationId, { limit: 100 }),
      await database.db.query('SELECT * FROM notices.destinations'),
    ]);
    for (const secret of ['the-secret-of-teams', 'also-secret', changed.webhookSecret ?? '']) expect(shown).not.toContain(secret);
    expect((await list(null)).destinations).toEqual([
      expect.objectContaining({ channel: 'teams', host: 'prod-1.westeurope.logic.azure.com' }),
      expect.objectContaining({ channel: 'webhook', host: 'hooks.example.com' }),
    ]);
    expect((await put(null, { rules: {} })).webhookSecret).toBeNull();
  });

  it("open the connection's address before the organisation's, bound to where they stand", async () => {
    const open = (connectionId: string | null) =>
      openDestination(database.db, secretBox, { organisationId: org.organisationId, connectionId }, 'teams');
    expect(await open(org.connectionId)).toBeNull();
    await put(null, { teams: { url: workflow } });
    await put(org.connectionId, { teams: { url: 'https://teams.example.com/own' } });
    expect((await open(org.connectionId))?.url).toBe('https://teams.example.com/own');
    expect((await open(null))?.url).toBe(workflow);
    await put(org.connectionId, { teams: null });
    expect((await open(org.connectionId))?.url).toBe(workflow);
    await database.db.query(
      `INSERT INTO notices.destinations (organisation_id, connection_id, channel, host, key_id, sealed)
       SELECT organisation_id, $2, channel, host, key_id, sealed FROM notices.destinations WHERE organisation_id = $1`,
      [org.organisationId, org.connectionId],
    );
    await expect(open(org.connectionId)).rejects.toMatchObject({ name: 'SealBrokenError' });
  });

  it('seal again under the newest key, so that the older one can be taken out', async () => {
    await database.db.query('DELETE FROM notices.destinations');
    await put(null, { teams: { url: workflow } });
    const [oldKey, newKey] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
    const seal = (box: SecretBox) =>
      database.db.transaction((tx) =>
        putRules(tx, org.actor, null, { teams: { url: workflow } }, { secretBox: box, targets: { allowLoopback: false } }),
      );
    await seal(SecretBox.fromText(oldKey));
    const both = SecretBox.fromText(`${newKey},${oldKey}`);
    expect(await database.db.transaction((tx) => resealDestinations(tx, both))).toBe(1);
    expect(await database.db.transaction((tx) => resealDestinations(tx, both))).toBe(0);
    const owner = { organisationId: org.organisationId, connectionId: null };
    expect((await openDestination(database.db, SecretBox.fromText(newKey), owner, 'teams'))?.url).toBe(workflow);
  });

  it('show which channels are off, and why', async () => {
    const states = [{ channel: 'mail', isOn: false, reason: 'SMTP_URL is not set' }] as const;
    await reportChannelStates(database.db, states, new Date());
    expect((await list(null)).channels).toEqual(states);
  });

  it("are audited, and so are a member's preferences", async () => {
    await put(null, { rules: { runFailed: { channels: ['mail'] } } });
    const chosen = { zone: 'Europe/London', quietHours: { from: '22:00', to: '07:00' }, digest: null };
    await database.db.transaction((tx) => putPreferences(tx, org.actor, org.adminId, chosen));
    expect((await readPreferences(database.db, org.organisationId, [org.adminId])).get(org.adminId)).toEqual(chosen);
    const actions = (await listAudit(database.db, org.organisationId, { limit: 10 })).map(({ action }) => action);
    expect(actions.slice(0, 2)).toEqual(['notices.preferences', 'notices.rules']);
    const bad = { zone: 'Mars/Olympus', quietHours: { from: '25:00', to: '07:00' } };
    await expect(database.db.transaction((tx) => putPreferences(tx, org.actor, org.adminId, bad))).rejects.toThrow(
      /zone.*quietHours\.from/s,
    );
  });
});
