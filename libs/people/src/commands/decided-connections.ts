import { createHash } from 'node:crypto';
import type { Queryable, Tx } from '#database';
import type { ConnectionForRules } from '../context.js';

/** What decisions about everybody depend on; a new name or credential is not among it. */
export type RulesOfConnection = Pick<
  ConnectionForRules,
  'connectionId' | 'settings' | 'watchedGroupIds' | 'effects' | 'awaitsGroups'
>;

/** Of these connections, those whose rules changed since everybody in them was decided about. */
export async function findUndecided(db: Queryable, connections: readonly RulesOfConnection[]): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ id: string }>(
    `SELECT asked.id FROM unnest($1::uuid[], $2::text[]) AS asked (id, rules_digest)
            LEFT JOIN people.decided_connections d ON d.connection_id = asked.id
      WHERE d.rules_digest IS DISTINCT FROM asked.rules_digest`,
    [connections.map(({ connectionId }) => connectionId), connections.map(digestOf)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Remembers under which rules everybody was decided about; in the transaction that did it. */
export async function markDecided(
  tx: Tx,
  connection: RulesOfConnection & { readonly organisationId: string },
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO people.decided_connections (connection_id, organisation_id, rules_digest, decided_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (connection_id) DO UPDATE SET rules_digest = EXCLUDED.rules_digest, decided_at = EXCLUDED.decided_at`,
    [connection.connectionId, connection.organisationId, digestOf(connection), now],
  );
}

function digestOf({ settings, watchedGroupIds, effects, awaitsGroups }: RulesOfConnection): string {
  const { scope, include, leaver, identity, fields } = settings;
  const rules = {
    scope: { ...scope, groups: [...watchedGroupIds].sort() },
    include,
    leaver,
    identity,
    fields,
    live: effects.live,
    ...(awaitsGroups === true ? { awaitsGroups } : {}),
  };
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex');
}
