import { connectionRecoveredV1, type ConnectionSettings } from '#contracts';
import type { Tx } from '#database';
import type { SecretBox } from '../credentials/secret-box.js';
import { storeCredential } from '../credentials/stored-credential.js';
import { ConnectionChangedError, ConnectionStateError } from '../errors.js';
import type { Actor } from '../organisations/actor.js';
import type { Connection, WatchedGroup } from './connection.js';
import { lockConnection, recordChange } from './connection-changes.js';
import type { NewCredential } from './create-connection.js';
import { replaceWatchedGroups } from './watched-groups.js';

export interface ConnectionPatch {
  readonly name?: string;
  /** The whole settings as merged and validated by `mergeSettings`. */
  readonly settings?: ConnectionSettings;
  readonly watchedGroups?: readonly WatchedGroup[];
  /** Proved by a token already: the old secret is replaced at once. */
  readonly credential?: NewCredential;
}

/**
 * Changes what a person can set. `expectedVersion` is the version the patch was computed from; throws `ConnectionChangedError` where
 * somebody was faster. A new secret ends a quarantine, since it has been proved.
 */
export async function patchConnection(
  tx: Tx,
  actor: Actor,
  connectionId: string,
  patch: ConnectionPatch,
  expectedVersion: number,
  secretBox: SecretBox,
): Promise<Connection> {
  const before = await lockConnection(tx, actor, connectionId);
  if (before.version !== expectedVersion) throw new ConnectionChangedError(connectionId, expectedVersion, before.version);
  if (before.state === 'disconnected') throw new ConnectionStateError(connectionId, before.state, 'changed');
  await tx.query(
    `UPDATE connections.connections SET name = $2, settings = $3, version = version + 1, updated_at = now() WHERE id = $1`,
    [connectionId, patch.name ?? before.name, patch.settings ?? before.settings],
  );
  if (patch.watchedGroups !== undefined) await replaceWatchedGroups(tx, connectionId, patch.watchedGroups);
  const recovered = patch.credential !== undefined && (await replaceCredential(tx, before, patch.credential, secretBox));
  return recordChange(tx, actor, {
    action: 'connection.patch',
    connectionId,
    before,
    ...(recovered ? { event: connectionRecoveredV1 } : {}),
  });
}

/** True where the new secret brought the connection back from quarantine. */
async function replaceCredential(tx: Tx, before: Connection, credential: NewCredential, secretBox: SecretBox): Promise<boolean> {
  await storeCredential(tx, secretBox, before.id, credential.clientSecret);
  await tx.query(
    `UPDATE connections.connections
     SET credential_version = credential_version + 1, credential_expires_at = $2, credential_code = NULL,
         credential_failed_at = NULL, credential_tried_at = NULL,
         state = CASE state WHEN 'quarantined' THEN 'enabled' ELSE state END,
         reason_code = NULL, reason_message = NULL, next_try_at = NULL
     WHERE id = $1`,
    [before.id, credential.expiresAt],
  );
  return before.state === 'quarantined';
}
