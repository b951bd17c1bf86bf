import type { components, paths } from './schema.js';

/** The answers of the API that pages show, by the published document. */
type Schemas = components['schemas'];

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The body of an operation's good answer. */
type AnswerOf<Path extends keyof paths, Method extends keyof paths[Path], Status extends number> = paths[Path][Method] extends {
  responses: Record<Status, { content: { 'application/json': infer Answer } }>;
}
  ? Answer
  : never;

export type Reason = Schemas['Reason'];
export type Connection = Schemas['Connection'];
export type ConnectionState = Connection['state'];
export type ConnectionSettings = Connection['settings'];
export type Cloud = Connection['cloud'];
export type FullSyncSchedule = ConnectionSettings['trigger']['fullSync'];
export type ConnectionHealth = Schemas['ConnectionHealth'];
export type Latency = ConnectionHealth['latency']['1h'];
export type Account = Schemas['Account'];
export type AccountStatus = Account['status'];
export type Why = Schemas['AccountExplanation'];
export type Group = Schemas['Group'];
export type GroupMember = Schemas['GroupMember'];
export type Activity = Schemas['Activity'];
export type HeldChange = Schemas['HeldChange'];
export type FirstApproval = Schemas['FirstApproval'];
export type Organisation = Schemas['Organisation'];
export type SyncRun = Schemas['SyncRun'];
export type RunKind = SyncRun['kind'];
export type RunState = SyncRun['state'];
export type RunSummary = NonNullable<SyncRun['summary']>;
export type Me = AnswerOf<'/api/v1/me', 'get', 200>;
export type Permission = Me['permissions'][number];
export type SelfTest = AnswerOf<'/api/v1/connections/{id}/test', 'post', 200>;
export type Check = SelfTest['checks'][number];
export type DeadLetter = AnswerOf<'/api/v1/dead-letters', 'get', 200>['items'][number];
export type AuditEntry = AnswerOf<'/api/v1/audit', 'get', 200>['items'][number];
export type PlannedChange = Schemas['PlannedChange'];
export type PlannedAction = PlannedChange['action'];
export type PlanDecision = PlannedChange['decision'];
export type PersonCheck = Schemas['PersonCheck'];
export type Comparison = AnswerOf<'/api/v1/connections/{id}/comparison', 'get', 200>;
export type ComparedRow = Comparison['items'][number];
export type Pin = Schemas['Pin'];
export type FoundGroup = Schemas['FoundGroup'];
export type Preview = Schemas['Preview'];
export type PreviewedPerson = Schemas['PreviewedPerson'];
export type Notice = Schemas['Notice'];
export type Delivery = Schemas['Delivery'];
export type NotificationRules = Schemas['NotificationRules'];
export type NoticeKind = NotificationRules['kinds'][number]['kind'];
export type RecipientChoice = NotificationRules['superAdmins'][number];
export type NotificationPreferences = Schemas['NotificationPreferences'];
export type NoticeChannel = Delivery['channel'];
export type HeldSelection = { ids: string[] } | { connectionId: string; groupId?: string; asOf: string };

export interface NewConnection {
  name: string;
  tenantId: string;
  cloud?: Cloud;
  credential: { kind: 'clientSecret'; clientId: string; clientSecret: string; expiresAt: string | null };
  scope: { mode: 'groups' | 'allUsers'; groups: string[] };
  settings?: Record<string, unknown>;
  enabled?: boolean;
}

/** What the self-test tries before anything is saved. */
export interface UnsavedConnection {
  tenantId: string;
  cloud: Cloud;
  credential: { clientId: string; clientSecret: string };
  groups: string[];
}
