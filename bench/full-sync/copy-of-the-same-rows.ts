import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { copyFromFile, makeTwins, takeRowsToFile } from '../support/copy-tables.js';
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
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-rows-'));
  try {
    let total = 0;
    for (const twin of await makeTwins(client, KEPT)) {
      const path = join(folder, twin.table);
      await takeRowsToFile(client, twin, path);
      total += (await timed(() => copyFromFile(client, twin, path))).seconds;
      await rm(path);
      await client.query(`DROP TABLE ${twin.twin}`);
    }
    return total;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
