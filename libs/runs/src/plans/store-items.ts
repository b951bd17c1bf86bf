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

/** Stores the lines of these people, who stand one after the other in plan order. Whoever is only listed as skipped has nothing to decide. */
export async function storeItems(
  tx: Tx,
  runId: string,
  people: readonly { readonly seq: number; readonly personId: string }[],
  planned: readonly PlannedPerson[],
): Promise<void> {
  const seqOf = new Map(people.map(({ personId, seq }) => [personId, seq]));
  const revisionOf = new Map(planned.map(({ entraObjectId, revision }) => [entraObjectId, revision]));
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
    `UPDATE runs.planned_people SET expected_revision = ($4::bigint[])[seq - $2 + 1] WHERE run_id = $1 AND seq >= $2 AND seq <= $3`,
    [runId, people[0]?.seq, people.at(-1)?.seq, people.map(({ personId }) => revisionOf.get(personId) ?? null)],
  );
}
