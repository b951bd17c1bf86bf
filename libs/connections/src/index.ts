export { listAudit, writeAudit, type AuditEntry, type AuditListing, type StoredAuditEntry } from './audit/audit.js';
export { ResealCredentialsTask } from './credentials/reseal-credentials.task.js';
export { SealingKeys, type KeyPurpose } from './credentials/sealing-keys.js';
export { SecretBox, type SealBinding, type SealedText } from './credentials/secret-box.js';
export { openCredential, recordTokenIssued, recordTokenRefused, type OpenedCredential } from './credentials/stored-credential.js';
export { WebhookKeys } from './credentials/webhook-keys.js';
export {
  ConnectionChangedError,
  ConnectionExistsError,
  ConnectionNotFoundError,
  ConnectionStateError,
  CredentialMissingError,
  CredentialRestingError,
  IdempotencyKeyReusedError,
  SealBrokenError,
  SecretsKeyError,
  SettingNotAvailableError,
  SettingsInvalidError,
  type FieldIssue,
} from './errors.js';
export { actorText, findHands, recordHands, trimHands, type Hand } from './four-eyes/hands.js';
export { judgeApproval, type ApprovalVerdict } from './four-eyes/judge-approval.js';
export {
  deleteConnection,
  enableConnection,
  pauseConnection,
  quarantineConnection,
  recoverConnection,
  type Quarantine,
} from './links/change-state.js';
export type { Connection, CredentialFacts, StateReason, WatchedGroup } from './links/connection.js';
export { CONNECTIONS_CHANNEL } from './links/connection-changes.js';
export {
  allowedEffects,
  readConnectionForDecisions,
  type AllowedEffects,
  type ConnectionForDecisions,
} from './links/connection-for-decisions.js';
export {
  connectionStateCounts,
  findConnection,
  findDisconnected,
  getConnection,
  listConnections,
  type ConnectionListing,
} from './links/connection-queries.js';
export { KnownConnections, type KnownConnection } from './links/known-connections.js';
export { createConnection, type NewConnection, type NewCredential } from './links/create-connection.js';
export { patchConnection, type ConnectionPatch } from './links/patch-connection.js';
export { renameWatchedGroup } from './links/watched-groups.js';
export { watchesAnybody } from './links/watches-anybody.js';
export { connectionsMigrations } from './migrations/index.js';
export { admitMember, type ProvenIdentity } from './organisations/admit-member.js';
export { systemActor, type Actor } from './organisations/actor.js';
export { listMemberNames, listMembers } from './organisations/list-members.js';
export { listOrganisations } from './organisations/list-organisations.js';
export { listSuperAdmins, type SuperAdmin } from './organisations/list-super-admins.js';
export {
  addMember,
  ensureFirstOrganisation,
  findMember,
  findOrganisation,
  FIRST_MEMBER_ID,
  FIRST_ORGANISATION_ID,
  type Member,
  type Organisation,
} from './organisations/organisation.js';
export { readMailAddress, setMailAddress, type MailAddress } from './organisations/mail-address.js';
export { findPolicies, patchOrganisation, type OrganisationPatch, type OrganisationPolicies } from './organisations/policies.js';
export { hasPermission, permissions, permissionsOf, roles, type Permission, type Role } from './organisations/roles.js';
export {
  createSignInCode,
  endSession,
  findSessionMember,
  openSession,
  redeemSignInCode,
  trimSignIns,
  type OpenedSession,
  type SessionMember,
} from './organisations/sign-in.js';
export {
  claimIdempotencyKey,
  keepAnswer,
  releaseIdempotencyKey,
  trimIdempotencyKeys,
  type IdempotentRequest,
  type KeyClaim,
  type StoredAnswer,
} from './requests/idempotency.js';
export { PostgresThrottleGate } from './requests/throttle-gate.js';
export { mergePatch } from './settings/merge-patch.js';
export { mergeSettings, validateSettings } from './settings/resolve-settings.js';
