import type { Tx } from '#database';
import type { Actor } from '../organisations/actor.js';
import { lockConnection, recordChange } from './connection-changes.js';

/** The organisation has another time zone: schedules by its clock go by the new one. Those in a zone of their own stay. */
export async function moveSchedules(tx: Tx, actor: Actor, from: string, to: string): Promise<void> {
  const moving = await tx.query<{ id: string }>(
    `SELECT id FROM connections.connections
      WHERE organisation_id = $1 AND state <> 'disconnected' AND settings #>> '{trigger,fullSync,zone}' = $2 ORDER BY id`,
    [actor.organisationId, from],
  );
  for (const { id: connectionId } of moving) {
    const before = await lockConnection(tx, actor, connectionId);
    await tx.query(
      `UPDATE connections.connections
          SET settings = jsonb_set(settings, '{trigger,fullSync,zone}', to_jsonb($2::text)), version = version + 1, updated_at = now()
        WHERE id = $1`,
      [connectionId, to],
    );
    await recordChange(tx, actor, { action: 'connection.patch', connectionId, before });
  }
}
