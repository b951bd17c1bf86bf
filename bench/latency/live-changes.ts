import type pg from 'pg';
import { startStandaloneOnTenant, type StandaloneOnTenant } from '../../test/support/standalone-on-tenant.js';
import { withClient } from '../support/bench-postgres.js';
import { commitTimes, latencies } from '../support/committed-rows.js';
import { goLive } from '../support/go-live.js';
import { paced } from '../support/paced.js';

export interface LiveLatencies {
  /** People who have an account join another group: to the row of the grant. */
  readonly known: readonly number[];
  /** People whom nobody has heard of join: to the row of the account. */
  readonly newcomers: readonly number[];
}

/** The whole way, from the moment the tenant is told to make the change to the commit of the row that follows. */
export async function liveChanges(
  databaseUrl: string,
  env: Readonly<Record<string, string>>,
  { changes, perSecond }: { readonly changes: number; readonly perSecond: number },
): Promise<LiveLatencies> {
  const system = await startStandaloneOnTenant({ DATABASE_URL: databaseUrl, ...env });
  const { control } = system;
  try {
    await control.setBehaviours({ throttling: false, notificationDelayMs: 0 });
    const { groupId } = await control.bulk(changes, 'Everybody');
    const joined = await control.createGroup('Joined');
    await goLive(system, [groupId, joined]);
    return await withClient(databaseUrl, async (client) => {
      await commitTimes(client, { sql: ACCOUNTS, params: [], expected: changes });
      const people = await control.memberIds(groupId, changes);
      const begun = await paced(people, perSecond, (id) => control.addMembers(joined, [id]));
      const known = latencies(begun, await commitTimes(client, { sql: GRANTS, params: [joined], expected: changes }));
      return { known, newcomers: await joinNewcomers(system, client, joined, { changes, perSecond }) };
    });
  } finally {
    await system.stop();
  }
}

async function joinNewcomers(
  { control }: StandaloneOnTenant,
  client: pg.Client,
  groupId: string,
  { changes, perSecond }: { readonly changes: number; readonly perSecond: number },
): Promise<number[]> {
  const names = Array.from({ length: changes }, (_, index) => `Newcomer ${index}`);
  const ids = new Map<string, string>();
  const begun = await paced(names, perSecond, async (name) => void ids.set(name, await control.addPerson(name, groupId)));
  const rows = await commitTimes(client, { sql: ACCOUNTS, params: [], expected: 2 * changes });
  return latencies(new Map([...begun].map(([name, at]) => [ids.get(name) ?? name, at])), rows);
}

const ACCOUNTS = 'SELECT entra_object_id AS id, xmin FROM people.accounts';
const GRANTS = 'SELECT entra_object_id AS id, xmin FROM people.grants WHERE group_id = $1';
