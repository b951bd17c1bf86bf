import type { Tx } from '#database';
import { NOTHING_COUNTED } from '../apply-outcome.js';
import { recordRunPage } from './record-run-page.js';

/** A page of a run that is not applied, with the planned changes that it carried. */
export interface RefusedPage {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly runId: string;
  readonly eventId: string;
  readonly changes: readonly { readonly changeId: string; readonly entraObjectId: string }[];
  readonly code: string;
  readonly message: string;
}

/** Answers a run's page that will not be applied, so that the run goes on and can name the changes that came to nothing. */
export async function recordRefusedPage(tx: Tx, page: RefusedPage, now: Date): Promise<void> {
  const { organisationId, connectionId, runId, changes, code, message } = page;
  await tx.query(
    `INSERT INTO people.plan_outcomes (organisation_id, connection_id, run_id, change_id, entra_object_id, outcome, code, message, recorded_at)
     SELECT $1, $2, $3, r."changeId", r."entraObjectId", 'failed', $5, $6, $7
       FROM jsonb_to_recordset($4::jsonb) AS r ("changeId" uuid, "entraObjectId" uuid)
     ON CONFLICT (run_id, change_id) DO NOTHING`,
    [organisationId, connectionId, runId, JSON.stringify(changes), code, message, now],
  );
  await recordRunPage(tx, page, NOTHING_COUNTED, 0, now);
}
