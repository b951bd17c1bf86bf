import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { livedInOrganisation, type LivedInOrganisation } from '../../testing/lived-in-organisation.js';
import { publishedRoutes, type PublishedRoute } from '../../testing/published-routes.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;
let routes: PublishedRoute[];
let theirs: LivedInOrganisation;
let stranger: Record<string, string>;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
  routes = await publishedRoutes(api);
  theirs = await livedInOrganisation(api);
  stranger = await api.signIn(await makeOrganisation(database.db));
});
afterAll(() => api.stop());

/** Which of their ids stands in a path, by the path's first words. */
const idIn: Readonly<Record<string, (ids: LivedInOrganisation) => string>> = {
  accounts: ({ accountId }) => accountId,
  connections: ({ connectionId }) => connectionId,
  'dead-letters': ({ deadLetterId }) => deadLetterId,
  groups: ({ groupId }) => groupId,
  'notification-deliveries': ({ deliveryId }) => deliveryId,
  notifications: ({ noticeId }) => noticeId,
  pins: ({ pinId }) => pinId,
  'sync-runs': ({ runId }) => runId,
};

/** Bodies with which the request would be taken from one of their own; a route that is not named takes an empty one. */
const bodyOf: Readonly<Record<string, (ids: LivedInOrganisation) => object>> = {
  'PATCH /accounts/{id}': () => ({ protected: true }),
  'POST /connections/{id}/check-person': ({ personId }) => ({ person: personId, apply: true }),
  'PATCH /connections/{id}': () => ({ name: 'Taken' }),
  'PATCH /sync-runs/{id}/changes/{changeId}': () => ({ decision: 'skip' }),
  'POST /sync-runs/{id}/decisions': () => ({ filter: {}, decision: 'skip' }),
  'POST /sync-runs/{id}/approve': ({ planHash }) => ({ planHash }),
  'POST /connections/{id}/sync-runs': () => ({ kind: 'full' }),
};

const short = ({ path }: PublishedRoute) => path.replace('/api/v1', '');
const nameOf = (route: PublishedRoute) => `${route.method} ${short(route)}`;
const namesTheirs = (route: PublishedRoute) => route.path.includes('{id}');

function pathTo(route: PublishedRoute): string {
  const id = idIn[short(route).split('/')[1] ?? ''];
  if (id === undefined) throw new Error(`${nameOf(route)}: say in idIn whose id stands in its path`);
  const path = route.path.replace('{id}', id(theirs)).replace('{changeId}', theirs.changeId);
  return route.queryNames.includes('connectionId') ? `${path}?connectionId=${theirs.connectionId}` : path;
}

/** What no answer to a stranger may hold. */
function hasTraces(text: string): boolean {
  return /victim|contoso\.example/i.test(text);
}

/** All that the owners of the ids see of them. */
async function whatTheySee(): Promise<string> {
  const seen: string[] = [];
  for (const route of routes.filter(({ method, path }) => method === 'GET' && !/events|health|\/me$/.test(path))) {
    // Of another organisation's ids every path has one; of the lists, one page.
    seen.push((await api.call('GET', namesTheirs(route) ? pathTo(route) : route.path)).text);
  }
  return seen.join('\n').replaceAll(/"correlationId":"[^"]+"/g, '');
}

describe("another organisation's ids (invariant 9)", () => {
  let before: string;
  beforeAll(async () => {
    before = await whatTheySee();
    expect(hasTraces(before)).toBe(true);
  });

  it('answer 404 in every path, whatever is asked', async () => {
    for (const route of routes.filter(namesTheirs)) {
      const body = route.method === 'GET' ? {} : { body: bodyOf[nameOf(route)]?.(theirs) ?? {} };
      const answer = await api.call(route.method, pathTo(route), { headers: stranger, ...body });
      expect([nameOf(route), answer.status, answer.body['code']]).toEqual([nameOf(route), 404, 'NOT_FOUND']);
      expect([nameOf(route), hasTraces(answer.text)]).toEqual([nameOf(route), false]);
    }
  });

  it('find nothing as a filter of any list, and no list shows anything of theirs', async () => {
    for (const route of routes.filter((each) => each.method === 'GET' && !namesTheirs(each) && !each.path.endsWith('/events'))) {
      const asked = route.queryNames.includes('connectionId') ? [route.path, pathWithConnection(route)] : [route.path];
      for (const path of asked) {
        const { status, text } = await api.call('GET', path, { headers: stranger });
        expect([path, [200, 404].includes(status), hasTraces(text)]).toEqual([path, true, false]);
      }
    }
  });

  it('in a body change nothing, and are not told from ids that nobody has', async () => {
    const ask = async (method: 'POST' | 'PUT', path: string, of: (ids: LivedInOrganisation) => object) => {
      const [real, none] = [of(theirs), of(nobodys())];
      const answers = [
        await api.call(method, path, { headers: stranger, body: real }),
        await api.call(method, path, { headers: stranger, body: none }),
      ];
      // Whatever was asked for, and the request's own id, are said back; nothing else may differ.
      const plain = answers.map(({ status, text }) => [
        status,
        text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an id'),
      ]);
      expect([path, plain[0]]).toEqual([path, plain[1]]);
      return answers[0]!;
    };
    expect((await ask('POST', 'accounts/activate', ({ accountId }) => ({ ids: [accountId] }))).body).toEqual({ activated: 0 });
    expect((await ask('POST', 'accounts/activate/undo', ({ accountId }) => ({ ids: [accountId] }))).body).toEqual({
      setInactive: 0,
    });
    for (const decision of ['release', 'reject']) {
      const path = `held-changes/${decision}`;
      expect((await ask('POST', path, ({ heldId }) => ({ ids: [heldId] }))).body).toMatchObject({ count: 0 });
      expect((await ask('POST', path, ({ connectionId }) => ({ connectionId }))).status).toBe(404);
    }
    await ask('PUT', 'notification-rules', ({ memberId }) => ({
      rules: { runFailed: { recipients: [memberId], channels: ['inProduct'] } },
    }));
    const path = `notification-rules?connectionId=${theirs.connectionId}`;
    expect((await api.call('PUT', path, { headers: stranger, body: { rules: { runFailed: null } } })).status).toBe(404);
  });

  it('are after all of it as they were', async () => {
    expect(await whatTheySee()).toBe(before);
  });
});

function pathWithConnection({ path }: PublishedRoute): string {
  return `${path}?connectionId=${theirs.connectionId}`;
}

function nobodys(): LivedInOrganisation {
  return Object.fromEntries(Object.keys(theirs).map((name) => [name, randomUUID()])) as unknown as LivedInOrganisation;
}
