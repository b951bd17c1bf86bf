import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import { send, type Call, type Operation } from './send.js';
import type {
  Account,
  AccountStatus,
  Activity,
  AuditEntry,
  ComparedRow,
  Comparison,
  Connection,
  ConnectionHealth,
  DeadLetter,
  Delivery,
  Group,
  GroupMember,
  HeldChange,
  Me,
  Notice,
  NotificationPreferences,
  NotificationRules,
  Organisation,
  Page,
  Pin,
  PlanDecision,
  PlannedAction,
  PlannedChange,
  RunState,
  SyncRun,
  Why,
} from './types.js';

export interface AccountFilter {
  readonly connectionId?: string | undefined;
  readonly status?: AccountStatus | undefined;
  readonly group?: string | undefined;
  readonly q?: string | undefined;
}

export interface ActivityFilter {
  readonly connectionId?: string | undefined;
  readonly account?: string | undefined;
  readonly cause?: string | undefined;
}

export interface HeldFilter {
  readonly connectionId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly account?: string | undefined;
  readonly state?: HeldChange['state'] | 'closed' | undefined;
}

export interface PlanFilter {
  readonly action?: PlannedAction | undefined;
  readonly decision?: PlanDecision | undefined;
  readonly groupId?: string | undefined;
  readonly q?: string | undefined;
}

const PAGE = 100;

/** What pages read, by the key under which it is kept. The first word of a key is what live events make stale (live/stale-keys.ts). */
export const queries = {
  me: () => queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => send<Me>('get /me', { signal }), staleTime: Infinity }),

  organisation: () =>
    queryOptions({ queryKey: ['organisation'], queryFn: ({ signal }) => send<Organisation>('get /organisation', { signal }) }),

  connections: () =>
    queryOptions({
      queryKey: ['connections'],
      queryFn: async ({ signal }) => {
        const { items } = await send<Page<Connection>>('get /connections', { query: { limit: 1000 }, signal });
        return items;
      },
    }),

  connection: (id: string) =>
    queryOptions({
      queryKey: ['connections', id],
      queryFn: ({ signal }) => send<Connection>('get /connections/{id}', { path: { id }, signal }),
    }),

  health: (id: string) =>
    queryOptions({
      queryKey: ['health', id],
      queryFn: ({ signal }) => send<ConnectionHealth>('get /connections/{id}/health', { path: { id }, signal }),
      refetchInterval: 15_000,
    }),

  accounts: (filter: AccountFilter) => list<Account>('get /accounts', ['accounts', { ...filter }], { ...filter }),

  account: (id: string) =>
    queryOptions({
      queryKey: ['accounts', id],
      queryFn: ({ signal }) => send<Account>('get /accounts/{id}', { path: { id }, signal }),
    }),

  why: (id: string) =>
    queryOptions({
      queryKey: ['why', id],
      queryFn: ({ signal }) => send<Why>('get /accounts/{id}/why', { path: { id }, signal }),
    }),

  groups: (connectionId?: string) =>
    queryOptions({
      queryKey: ['groups', { connectionId }],
      queryFn: async ({ signal }) => {
        const { items } = await send<Page<Group>>('get /groups', { query: { connectionId, limit: 1000 }, signal });
        return items;
      },
    }),

  members: (connectionId: string, groupId: string) =>
    list<GroupMember>(
      'get /groups/{id}/members',
      ['groups', 'members', connectionId, groupId],
      { connectionId },
      { id: groupId },
    ),

  activity: (filter: ActivityFilter) => list<Activity>('get /activity', ['activity', { ...filter }], { ...filter }),

  latestActivity: () =>
    queryOptions({
      queryKey: ['activity', 'latest'],
      queryFn: async ({ signal }) => {
        const { items } = await send<Page<Activity>>('get /activity', { query: { limit: 15 }, signal });
        return items;
      },
    }),

  // What dissolves because nothing is left to hold is no effect on anybody: no event of the stream tells of each.
  held: (filter: HeldFilter) => ({
    ...list<HeldChange>('get /held-changes', ['held', { ...filter }], { ...filter }),
    refetchInterval: 10_000,
  }),

  runs: (filter: { connectionId?: string | undefined; state?: RunState | undefined }) =>
    list<SyncRun>('get /sync-runs', ['runs', { ...filter }], { ...filter }),

  run: (id: string) =>
    queryOptions({
      queryKey: ['runs', id],
      queryFn: ({ signal }) => send<SyncRun>('get /sync-runs/{id}', { path: { id }, signal }),
    }),

  plan: (runId: string, filter: PlanFilter = {}) =>
    list<PlannedChange>('get /sync-runs/{id}/changes', ['plan', runId, { ...filter }], { limit: 1000, ...filter }, { id: runId }),

  comparison: (connectionId: string, side: ComparedRow['side']) =>
    list<ComparedRow, Comparison>(
      'get /connections/{id}/comparison',
      ['comparison', connectionId, side],
      { side },
      { id: connectionId },
    ),

  pins: (filter: { connectionId?: string | undefined; groupId?: string | undefined }) =>
    list<Pin>('get /pins', ['pins', { ...filter }], { ...filter }),

  deadLetters: (filter: { connectionId?: string | undefined }) =>
    list<DeadLetter>('get /dead-letters', ['dead-letters', { ...filter }], { ...filter }),

  notices: () => list<Notice>('get /notifications', ['notices']),

  unreadNotices: () =>
    queryOptions({
      queryKey: ['notices', 'unread'],
      queryFn: async ({ signal }) => {
        const { unread } = await send<{ unread: number }>('get /notifications', { query: { limit: 1, unread: true }, signal });
        return unread;
      },
      // Notices are sent by another service; no event of the stream tells of one.
      refetchInterval: 10_000,
    }),

  deliveries: () => list<Delivery>('get /notification-deliveries', ['notices', 'deliveries']),

  notificationRules: (connectionId?: string) =>
    queryOptions({
      queryKey: ['notification-rules', { connectionId }],
      queryFn: ({ signal }) => send<NotificationRules>('get /notification-rules', { query: { connectionId }, signal }),
    }),

  notificationPreferences: () =>
    queryOptions({
      queryKey: ['notification-preferences'],
      queryFn: ({ signal }) => send<NotificationPreferences>('get /notification-preferences', { signal }),
    }),

  audit: (filter: { connectionId?: string | undefined }) =>
    list<AuditEntry>('get /audit', ['audit', { ...filter }], { ...filter }),
};

/** A list of the API, page by page. */
export function list<Item, Answer extends Page<Item> = Page<Item>>(
  operation: Operation,
  queryKey: QueryKey,
  query: Call['query'] = {},
  path: Record<string, string> = {},
) {
  return infiniteQueryOptions<Answer, Error, InfiniteData<Answer, string | undefined>, QueryKey, string | undefined>({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      send<Answer>(operation, { path, query: { limit: PAGE, ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Every item of a list, however many pages it has; `most` bounds it. */
export async function everyItem<Item>(
  operation: Operation,
  query: Call['query'],
  most: number,
  path: Record<string, string> = {},
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<Item> = await send<Page<Item>>(operation, { path, query: { ...query, limit: 1000, cursor } });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return items.slice(0, most);
}
