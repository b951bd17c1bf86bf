import type { Tx } from '#database';
import { currentTraceparent } from '#tracing';
import { nudge, WATCH_CHANNELS } from '../channels.js';

export interface NamedPrincipal {
  readonly objectId: string;
  /** The group whose membership named the person. */
  readonly groupId: string;
}

export interface AddPrincipalsOptions {
  /** The caller publishes the attributes itself (a baseline reads them with the members). Else they are read in bulk soon. */
  readonly attributesRead?: boolean;
  readonly noticedAt?: Date | null;
}

/**
 * Enters people that a membership named, with the commit of that membership: from here on users delta reports about them. Answers
 * the ids that were new. Ids that are known stay as they are, except those that could not be found: they are looked for again. Of a
 * connection that was never live nobody is entered: there is no users delta to follow yet, and its baseline will name them all.
 */
export async function addPrincipals(
  tx: Tx,
  connectionId: string,
  principals: readonly NamedPrincipal[],
  { attributesRead = false, noticedAt = null }: AddPrincipalsOptions = {},
): Promise<string[]> {
  if (principals.length === 0) return [];
  const rows = await tx.query<{ object_id: string; is_new: boolean }>(
    `INSERT INTO watch.principals AS p (connection_id, object_id, group_id, state, noticed_at, traceparent)
     SELECT DISTINCT ON (object_id) $1::uuid, object_id, group_id, $4, $5::timestamptz, $6
       FROM unnest($2::text[], $3::text[]) AS named (object_id, group_id)
      WHERE EXISTS (SELECT 1 FROM watch.watched_connections w WHERE w.connection_id = $1) ORDER BY object_id
     ON CONFLICT (connection_id, object_id) DO UPDATE SET
       group_id = EXCLUDED.group_id, state = EXCLUDED.state, attempts = 0, failure_code = NULL, retry_at = now(), noticed_at = EXCLUDED.noticed_at,
       traceparent = EXCLUDED.traceparent
       WHERE p.state = 'missing' OR (EXCLUDED.state = 'read' AND p.state = 'pending')
     RETURNING object_id, (xmax = 0) AS is_new`,
    [
      connectionId,
      principals.map((principal) => principal.objectId),
      principals.map((principal) => principal.groupId),
      attributesRead ? 'read' : 'pending',
      noticedAt,
      attributesRead ? null : currentTraceparent(),
    ],
  );
  if (rows.length > 0 && !attributesRead) await nudge(tx, WATCH_CHANNELS.principals);
  return rows.filter((row) => row.is_new).map((row) => row.object_id);
}
