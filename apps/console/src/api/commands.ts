import { problemOf, unreachable } from './problem.js';
import { send } from './send.js';
import type {
  Account,
  AccountStatus,
  Cloud,
  Connection,
  Delivery,
  FoundGroup,
  HeldSelection,
  Me,
  NewConnection,
  NoticeChannel,
  NotificationPreferences,
  NotificationRules,
  Organisation,
  PersonCheck,
  PlanDecision,
  Preview,
  RunKind,
  SelfTest,
  SyncRun,
  UnsavedConnection,
} from './types.js';

/** A key per attempt of the person, so that a repeated click or a retried request does not create twice. */
const once = () => ({ 'idempotency-key': crypto.randomUUID() });

/** What pages change. Each answers once the change is durable. */
export const commands = {
  signInWithToken: (token: string) => sendSignIn({ token }),

  signOut: async () => {
    await fetch('/sign-out', { method: 'POST' });
  },

  createConnection: (body: NewConnection, key: string) =>
    send<Connection>('post /connections', { body, headers: { 'idempotency-key': key } }),

  patchConnection: (id: string, body: Record<string, unknown>, version?: number) =>
    send<Connection>('patch /connections/{id}', {
      path: { id },
      body,
      headers: version === undefined ? {} : { 'if-match': `"v${version}"` },
    }),

  enable: (id: string) => send<Connection>('post /connections/{id}/enable', { path: { id } }),

  pause: (id: string) => send<Connection>('post /connections/{id}/pause', { path: { id } }),

  changeSimulated: (id: string) =>
    send<{ newcomers: string[]; renamed: string[] }>('post /connections/{id}/simulated-changes', { path: { id } }),

  disconnect: (id: string, deactivateAccounts: boolean) =>
    send<Connection>('delete /connections/{id}', {
      path: { id },
      query: { deactivateAccounts: deactivateAccounts ? true : undefined },
    }),

  lookUpTenant: (tenant: string, cloud: Cloud) =>
    send<{ tenantId: string }>('post /connections/look-up-tenant', { body: { tenant, cloud } }),

  searchGroups: (body: Omit<UnsavedConnection, 'groups'> & { text: string }) =>
    send<{ items: FoundGroup[] }>('post /connections/search-groups', { body }),

  /** Tries ids, secret, permissions and groups; nothing of it is stored. */
  testUnsaved: (body: UnsavedConnection) => send<Omit<SelfTest, 'connectionId'>>('post /connections/test', { body }),

  selfTest: (id: string) => send<SelfTest>('post /connections/{id}/test', { path: { id } }),

  requestRun: (connectionId: string, body: { kind: RunKind; apply?: 'automatic' | 'review'; groupId?: string }) =>
    send<SyncRun>('post /connections/{id}/sync-runs', { path: { id: connectionId }, body, headers: once() }),

  approveRun: (id: string, planHash: string) =>
    send<SyncRun>('post /sync-runs/{id}/approve', { path: { id }, body: { planHash } }),

  cancelRun: (id: string) => send<SyncRun>('post /sync-runs/{id}/cancel', { path: { id } }),

  undoRun: (id: string, apply: 'automatic' | 'review') =>
    send<SyncRun>('post /sync-runs/{id}/undo', { path: { id }, body: { apply }, headers: once() }),

  undoSpan: (connectionId: string, from: string, to: string) =>
    send<SyncRun>('post /connections/{id}/sync-runs', {
      path: { id: connectionId },
      body: { kind: 'undo', from, to },
      headers: once(),
    }),

  decideChange: (runId: string, changeId: string, choice: { decision?: PlanDecision; keepFields?: string[] }) =>
    send<{ planHash: string }>('patch /sync-runs/{id}/changes/{changeId}', { path: { id: runId, changeId }, body: choice }),

  decideChanges: (runId: string, ids: readonly string[], decision: PlanDecision) =>
    send<{ planHash: string; count: number }>('post /sync-runs/{id}/decisions', {
      path: { id: runId },
      body: { filter: { ids }, decision },
    }),

  /** Who would come; nothing of it is stored. */
  previewUnsaved: (body: NewConnection) => send<Preview>('post /connections/preview', { body }),

  preview: (id: string) => send<Preview>('post /connections/{id}/preview', { path: { id }, body: {} }),

  checkPerson: (connectionId: string, body: { person: string; apply: boolean }) =>
    send<PersonCheck>('post /connections/{id}/check-person', { path: { id: connectionId }, body }),

  liftPin: (id: string) => send<{ id: string }>('delete /pins/{id}', { path: { id } }),

  patchAccount: (id: string, body: { status?: AccountStatus; protected?: boolean; roles?: string[] }) =>
    send<Account>('patch /accounts/{id}', { path: { id }, body }),

  activate: (ids: readonly string[]) => send<{ activated: number }>('post /accounts/activate', { body: { ids } }),

  undoActivation: (ids: readonly string[]) => send<{ setInactive: number }>('post /accounts/activate/undo', { body: { ids } }),

  decideHeld: (decision: 'release' | 'reject', selection: HeldSelection) =>
    send<{ count: number; waiting?: number }>(`post /held-changes/${decision}`, { body: selection }),

  patchMe: (body: { email: string | null }) => send<Me>('patch /me', { body }),

  patchOrganisation: (body: Partial<Organisation>) => send<Organisation>('patch /organisation', { body }),

  readAllNotices: (upToPosition: number) => send<{ count: number }>('post /notifications/read', { body: { upToPosition } }),

  putNotificationRules: (body: Record<string, unknown>, connectionId?: string) =>
    send<NotificationRules & { webhookSecret: string | null }>('put /notification-rules', { query: { connectionId }, body }),

  putNotificationPreferences: (body: NotificationPreferences) =>
    send<NotificationPreferences>('put /notification-preferences', { body }),

  testChannel: (channel: NoticeChannel) =>
    send<Delivery>(`post /notification-channels/{channel}/test`, { path: { channel }, body: {} }),

  readNotice: (id: string) => send<unknown>('post /notifications/{id}/read', { path: { id } }),

  settleDeadLetter: (id: string, decision: 'replay' | 'discard') =>
    send<{ id: string; state: string }>(`post /dead-letters/{id}/${decision}`, { path: { id } }),
};

/** Signing in is no part of the API: it opens the session that the API then takes. */
async function sendSignIn(body: { token: string }): Promise<void> {
  const response = await fetch('/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw unreachable();
  });
  if (response.ok) return;
  const answer: unknown = await response.json().catch(() => null);
  throw problemOf(response.status, answer, response.headers.get('x-correlation-id'));
}
