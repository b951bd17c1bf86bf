import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defaultConnectionSettings, type MemberType } from '#contracts';
import { withDatabase } from '#database/testing';
import { ConsentMissingError, type DirectoryMember } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { previewPeople, runsMigrations, type Preview, type PreviewGraph } from '#runs';
import { buildMember } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const STAFF = randomUUID();
const OTHER = randomUUID();

/** Groups as Graph shows them, three members a page; a group without an entry cannot be read to its end. */
function tenant(groups: Record<string, DirectoryMember[] | undefined>): PreviewGraph {
  return {
    group: async (id) => ({ id, displayName: 'Staff', kind: 'security', dynamic: false, hiddenMembership: false, mail: null }),
    memberCount: async (id) => groups[id]?.length ?? null,
    members: async function* (id) {
      const members = groups[id];
      if (members === undefined)
        throw new ConsentMissingError('Member.Read.Hidden is missing.', { operation: 'members' }, 'Member.Read.Hidden');
      for (let from = 0; from < Math.max(members.length, 1); from += 3) {
        const nextLink = from + 3 < members.length ? 'next' : null;
        yield { index: from / 3, nextLink, members: members.slice(from, from + 3) };
      }
    },
  };
}

function preview(graph: PreviewGraph, rows = 100, groupIds = [STAFF, OTHER]): Promise<Preview> {
  const [organisationId, connectionId] = [randomUUID(), randomUUID()];
  const settings = defaultConnectionSettings;
  const connection = { connectionId, organisationId, settings, watchedGroupIds: groupIds, effects: { live: true, run: true } };
  const rules = { connectionOf: async () => ({ ...connection, state: 'created' as const }) };
  const tools = { db: test.db, graph, rules, settleMs: 900_000, now: new Date() };
  return previewPeople(tools, { organisationId, connectionId, groupIds, rows });
}

const person = (attributes: DirectoryMember['attributes'] = {}) => {
  const member = buildMember(randomUUID());
  const mail = `${member.id}@example.com`;
  return { ...member, attributes: { ...member.attributes, mail, userPrincipalName: mail, ...attributes } };
};
const thing = (type: MemberType): DirectoryMember => ({ id: randomUUID(), type, unreadable: false, attributes: {} });

describe('who would come', () => {
  it('is told person by person with the reason of each skip, counted against Entra, and nothing is written', async () => {
    const both = person({ displayName: 'Adele' });
    const guest = person({ userType: 'Guest' });
    const disabled = person({ accountEnabled: false });
    const nameless = person({ mail: null, userPrincipalName: 'x#EXT#@contoso.onmicrosoft.com' });
    const graph = tenant({ [STAFF]: [both, guest, disabled, nameless, thing('group')], [OTHER]: [both, thing('device')] });
    const { counts, skippedByReason, people, skipped, groups, complete } = await preview(graph);
    expect(counts).toMatchObject({ people: 4, create: 1, skip: 3, unchanged: 0 });
    expect(skippedByReason).toEqual({ GUEST_EXCLUDED: 1, ACCOUNT_DISABLED: 1, NO_USABLE_EMAIL: 1 });
    expect(people).toMatchObject([
      {
        entraObjectId: both.id,
        displayName: 'Adele',
        email: `${both.id}@example.com`,
        groupIds: [STAFF, OTHER],
        action: 'create',
      },
    ]);
    expect(skipped.map(({ entraObjectId }) => entraObjectId)).toEqual([guest.id, disabled.id, nameless.id]);
    expect(groups).toMatchObject([
      { id: STAFF, inEntra: 5, members: { user: 4, group: 1 }, problems: [{ code: 'GROUP_CONTAINS_GROUPS' }] },
      { id: OTHER, inEntra: 2, members: { user: 1, device: 1 }, problems: [] },
    ]);
    expect(complete).toBe(true);
    const [rows] = await test.db.query<{ n: number }>(
      'SELECT (SELECT count(*) FROM people.persons) + (SELECT count(*) FROM people.accounts) AS n',
    );
    expect(rows?.n).toBe(0);
  });

  it('limits its rows, never its counts', async () => {
    const { counts, people } = await preview(tenant({ [STAFF]: Array.from({ length: 8 }, () => person()) }), 2, [STAFF]);
    expect([counts.create, people.length]).toEqual([8, 2]);
  });

  it('gives an address to the first of two newcomers who want it', async () => {
    const { counts, skippedByReason } = await preview(
      tenant({ [STAFF]: [person({ mail: 'one@example.com' }), person({ mail: 'ONE@example.com' })] }),
      10,
      [STAFF],
    );
    expect([counts.create, skippedByReason]).toEqual([1, { EMAIL_CONFLICT: 1 }]);
  });

  it('names groups that cannot be read, are empty or hide their people, and goes on with the others', async () => {
    const hidden = { ...person(), unreadable: true, attributes: {} };
    const unreadable = await preview(tenant({ [OTHER]: [person(), hidden] }));
    expect(unreadable.groups).toMatchObject([
      { id: STAFF, complete: false, problems: [{ code: 'CONSENT_MISSING' }] },
      { id: OTHER, complete: true, unreadable: 1, problems: [{ code: 'MEMBERS_UNREADABLE' }] },
    ]);
    expect(unreadable).toMatchObject({ complete: false, skippedByReason: { MEMBERS_UNREADABLE: 1 }, counts: { create: 1 } });
    const empty = await preview(tenant({ [STAFF]: [] }), 10, [STAFF]);
    expect(empty.groups).toMatchObject([{ problems: [{ code: 'GROUP_EMPTY' }] }]);
  });
});
