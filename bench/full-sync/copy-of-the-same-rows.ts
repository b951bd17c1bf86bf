import type pg from 'pg';
import { copyInto, takeRows } from '../support/copy-tables.js';
import { timed } from '../support/statistics.js';

/** What provisioning keeps of a person, and the events that told of it. */
const KEPT = [
  'people.persons',
  'people.memberships',
  'people.accounts',
  'people.grants',
  'people.email_claims',
  'people.journal',
  'messaging.log_records',
];

/** Seconds that plain COPY needs for the rows that the sync left behind, table by table, each one commit. */
export async function copyOfTheSameRows(client: pg.Client): Promise<number> {
  let total = 0;
  for (const table of KEPT) {
    const [rows] = await takeRows(client, [table]);
    if (rows === undefined) continue;
    const { seconds } = await timed(() => copyInto(client, rows.twin, rows.columns, rows.lines));
    total += seconds;
  }
  return total;
}
