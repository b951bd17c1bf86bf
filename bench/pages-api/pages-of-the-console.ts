import type { ApiUnderBench } from './api-under-bench.js';

interface Listed {
  readonly items: readonly { readonly id: string; readonly accountId?: string }[];
  readonly nextCursor: string | null;
}

/** What the console's pages ask, by what is looked at. A path is looked up once before it is measured: deep ones need a cursor. */
export async function pagesOfTheConsole(api: ApiUnderBench): Promise<ReadonlyMap<string, string>> {
  const { connectionId, largeGroupId, smallGroupId } = api.seeded;
  const here = `connectionId=${connectionId}`;
  const account = await firstOf(api, 'accounts?limit=1');
  const paths: [string, string | null][] = [
    ['overview: connections', 'connections'],
    ['overview: latest changes', 'activity?limit=15'],
    ['overview: held', 'held-changes?limit=100'],
    ['overview: inactive', `accounts?status=inactive&limit=1`],
    ['held changes that are closed', 'held-changes?state=closed'],
    ['connection: health', `connections/${connectionId}/health`],
    ['people', 'accounts'],
    ['people of a connection', `accounts?${here}`],
    ['people by status', `accounts?status=deactivated`],
    ['people by part of a name, many', 'accounts?q=adele'],
    ['people by part of a name, few', 'accounts?q=c4ca423'],
    ['people by part of a name, none', 'accounts?q=nobody-is-called-that'],
    ['people by one letter', 'accounts?q=e'],
    ['people of a small group', `accounts?group=${smallGroupId}`],
    ['people of a large group', `accounts?group=${largeGroupId}`],
    ['people, deep', await deep(api, 'accounts?limit=1000', 40)],
    ['groups', 'groups'],
    ['members of a large group', `groups/${largeGroupId}/members?${here}`],
    ['members of a large group, deep', await deep(api, `groups/${largeGroupId}/members?${here}&limit=1000`, 40)],
    ['activity', 'activity'],
    ['activity of a connection', `activity?${here}`],
    ['activity by a frequent cause', 'activity?cause=event'],
    ['activity by a rare cause', 'activity?cause=person'],
    ['activity by one cause', 'activity?cause=00000000-0000-4000-9000-000000000003'],
    ['activity by an unknown cause', 'activity?cause=nothing-of-that-name'],
    ['activity, deep', await deep(api, 'activity?limit=1000', 100)],
    ['held changes of a group', `held-changes?${here}&groupId=${largeGroupId}`],
    ['held changes, deep', await deep(api, 'held-changes?limit=1000', 20)],
    ['pins', 'pins'],
    ['audit', 'audit'],
    ['audit of a connection', `audit?${here}`],
    ['runs', 'sync-runs'],
    ['notices', 'notification-deliveries'],
    ['dead letters', 'dead-letters'],
    ['a person', account === null ? null : `accounts/${account}`],
    ['a person: why', account === null ? null : `accounts/${account}/why`],
    ['a person: held before', account === null ? null : `held-changes?state=closed&account=${account}`],
    ['a person: activity', account === null ? null : `activity?account=${account}`],
  ];
  return new Map(paths.filter((entry): entry is [string, string] => entry[1] !== null));
}

async function firstOf(api: ApiUnderBench, path: string): Promise<string | null> {
  const { items } = (await api.get(path)).body as Listed;
  return items[0]?.id ?? null;
}

/** The path of a page so many pages further, or of the last one. */
async function deep(api: ApiUnderBench, path: string, pages: number): Promise<string> {
  let at = path;
  for (let page = 0; page < pages; page += 1) {
    const { nextCursor } = (await api.get(at)).body as Listed;
    if (nextCursor === null) break;
    at = `${path}&cursor=${encodeURIComponent(nextCursor)}`;
  }
  return at.replace('limit=1000', 'limit=100');
}
