import type { ConnectionSettings, ConnectionState } from '#contracts';
import type { Cloud } from '#graph-client';

export interface WatchedGroup {
  readonly id: string;
  /** As Entra named it last; null until it was resolved. */
  readonly displayName: string | null;
}

/** Why a connection is in its state, in words for its admin. */
export interface StateReason {
  readonly code: string;
  readonly message: string;
}

/** What is known of the credential without opening it. */
export interface CredentialFacts {
  /** Raised by each new secret: whoever caches tokens compares it. */
  readonly version: number;
  readonly expiresAt: Date | null;
  /** The problem code of the last refusal, null while the secret works. */
  readonly code: string | null;
  readonly failedAt: Date | null;
}

/** One organisation's link to one Entra tenant. `settings.scope.groups` are the ids of `watchedGroups`. */
export interface Connection {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly cloud: Cloud;
  readonly state: ConnectionState;
  readonly reason: StateReason | null;
  readonly nextTryAt: Date | null;
  readonly settings: ConnectionSettings;
  readonly watchedGroups: readonly WatchedGroup[];
  readonly credential: CredentialFacts;
  /** Raised by every change of name, settings, scope, credential or state; the ETag of the API. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
