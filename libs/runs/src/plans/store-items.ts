import { randomUUID } from 'node:crypto';
import type { Tx } from '#database';
import type { PlanItem } from './planned-change.js';

/** One person's lines, and the revision that they were computed from. */
export interface PlannedPerson {
  readonly entraObjectId: string;
  readonly revision: number;
  readonly accountId: string | null;
  readonly displayName: string | null;
  readonly items: readonly PlanItem[];
}

/** Stores the lines of these people in plan order. Whoever is only listed as skipped has nothing to decide. */
export async function storeItems(
  tx: Tx,
  runId: string,
  people: readonly { readonly seq: number; readonly personId: string }[],
  planned: readonly PlannedPerson[],
): Promise<void> {
  const seqOf = new Map(people.map(({ personId, seq }) => [personId, seq]));
  const rows = planned.flatMap(({ items, entraObjectId, displayName, accountId }) =>
    items.map((item, ordinal) => ({
      ...item,
      id: randomUUID(),
      seq: seqOf.get(entraObjectId),
      ordinal,
      entraObjectId,
      displayName,
      accountId,
    })),
  );
  await tx.query(
    `INSERT INTO runs.planned_changes
       (id, run_id, seq, ordinal, action, entra_object_id, display_name, account_id, group_id, before, after, code, decision)
     SELECT id, $1, seq, ordinal, action, "entraObjectId", "displayName", "accountId", "groupId", before, after, code,
       CASE action WHEN 'skip' THEN 'skip' ELSE 'apply' END
     FROM jsonb_to_recordset($2::jsonb) AS item (id uuid, seq int, ordinal int, action text, "entraObjectId" uuid, "displayName" text,
       "accountId" uuid, "groupId" uuid, before jsonb, after jsonb, code text)`,
    [runId, JSON.stringify(rows)],
  );
  await tx.query(
    `UPDATE runs.planned_people p SET expected_revision = e.revision
     FROM unnest($2::uuid[], $3::bigint[]) AS e (person_id, revision) WHERE p.run_id = $1 AND p.person_id = e.person_id`,
    [runId, planned.map(({ entraObjectId }) => entraObjectId), planned.map(({ revision }) => revision)],
  );
}
