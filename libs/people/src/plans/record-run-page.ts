import type { Tx } from '#database';
import type { ReactionCounts } from '../decisions/react-to-people.js';

/** Nudged when pages of a run were applied; the payload is the run's id. */
export const RUN_PAGES_CHANNEL = 'people_run_pages';

export interface AppliedPage {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly runId: string;
  readonly eventId: string;
}

/** Answers a run's page, so that the run goes on with the next one. A page that comes again keeps its first answer. */
export async function recordRunPage(
  tx: Tx,
  page: AppliedPage,
  { heldPeople: _, ...counts }: ReactionCounts,
  stale: number,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO people.run_pages (organisation_id, connection_id, run_id, event_id, counts, applied_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (run_id, event_id) DO NOTHING`,
    [page.organisationId, page.connectionId, page.runId, page.eventId, JSON.stringify({ ...counts, stale }), now],
  );
  await tx.query('SELECT pg_notify($1, $2)', [RUN_PAGES_CHANNEL, page.runId]);
}
