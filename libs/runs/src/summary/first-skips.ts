import type { Tx } from '#database';
import { joinedAsSets } from '../comparing/joined-as-sets.js';
import type { SyncRun } from '../run.js';

/** Somebody who was read and has no live account. */
export type SkippedPerson = {
  readonly displayName: string | null;
  readonly code: string;
};

const TOLD = 10;

/** The first people who were read and skipped, by name, with the reason: for notices, which cannot ask for the list. */
export async function firstSkips(tx: Tx, run: Pick<SyncRun, 'id' | 'connectionId'>): Promise<SkippedPerson[]> {
  return joinedAsSets(tx, () =>
    tx.query<SkippedPerson>(
      `SELECT COALESCE(s.display_name, k.attributes->>'displayName') AS "displayName",
            CASE WHEN s.readable THEN k.skip_code ELSE 'MEMBERS_UNREADABLE' END AS code
       FROM (SELECT member_id, bool_or(readable) AS readable, max(attributes->>'displayName') AS display_name FROM runs.staged_members
              WHERE run_id = $1 AND member_type = 'user' GROUP BY member_id) s
            LEFT JOIN people.known_people k ON k.connection_id = $2 AND k.entra_object_id = s.member_id
      WHERE NOT s.readable OR k.skip_code IS NOT NULL
      ORDER BY 1 NULLS LAST, s.member_id LIMIT ${TOLD}`,
      [run.id, run.connectionId],
    ),
  );
}
