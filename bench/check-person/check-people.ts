import { startStandaloneOnTenant, type StandaloneOnTenant } from '../../test/support/standalone-on-tenant.js';
import { withBareClient } from '../support/bare-client.js';
import { withClient } from '../support/bench-postgres.js';
import { commitTimes, latencies } from '../support/committed-rows.js';
import { goLive } from '../support/go-live.js';
import { paced, preciseNow } from '../support/paced.js';
import { timed } from '../support/statistics.js';

/** Milliseconds, a value a person. */
export interface CheckedPeople {
  /** From the request to its answer: read, scope, match, decide. */
  readonly answered: readonly number[];
  /** From the same request, with `apply: true`, to the commit of the grant that the tenant has and Rollcall had not. */
  readonly applied: readonly number[];
  /** What Graph takes for the requests of an answer, sent by the bare client one after the other. */
  readonly graphForAnswer: readonly number[];
  /** The same with the requests that applying adds: the person and the group are read directly. */
  readonly graphForApplying: readonly number[];
}

export interface Pace {
  readonly checks: number;
  readonly perSecond: number;
}

/** Graph tells of nothing, and no sweep comes by: what is applied was found by the checks. */
const NEVER = { notificationDelayMs: 3_600_000 };
const NO_SWEEP = { SWEEP_INTERVAL_SECONDS: '3600' };

/** People who have an account join another watched group, unnoticed, and are checked at once. */
export async function checkPeople(databaseUrl: string, members: number, { checks, perSecond }: Pace): Promise<CheckedPeople> {
  const system = await startStandaloneOnTenant({ DATABASE_URL: databaseUrl, ...NO_SWEEP });
  const { control } = system;
  try {
    await control.setBehaviours({ throttling: false, notificationDelayMs: 0 });
    const { groupId } = await control.bulk(members, 'Everybody');
    const joined = await control.createGroup('Joined');
    const connectionId = await goLive(system, [groupId, joined]);
    return await withClient(databaseUrl, async (client) => {
      await commitTimes(client, { sql: ACCOUNTS, params: [], expected: members });
      const people = await control.memberIds(groupId, checks);
      await control.setBehaviours(NEVER);
      const answered: number[] = [];
      const begun = new Map<string, number>();
      await paced(people, perSecond, async (person) => {
        await control.addMembers(joined, [person]);
        begun.set(person, preciseNow());
        answered.push(await check(system, connectionId, person));
      });
      const grants = await commitTimes(client, { sql: GRANTS, params: [joined], expected: people.length });
      const graph = await graphAlone(system, people, [groupId, joined], joined);
      return { answered, applied: latencies(begun, grants), ...graph };
    });
  } finally {
    await system.stop();
  }
}

async function check({ api }: StandaloneOnTenant, connectionId: string, person: string): Promise<number> {
  const startedAt = preciseNow();
  const { applied } = await api.post<{ applied: boolean }>(`/connections/${connectionId}/check-person`, { person, apply: true });
  if (!applied) throw new Error(`nothing was found to apply for ${person}`);
  return preciseNow() - startedAt;
}

async function graphAlone(
  { facts }: StandaloneOnTenant,
  people: readonly string[],
  watched: readonly string[],
  joined: string,
): Promise<Pick<CheckedPeople, 'graphForAnswer' | 'graphForApplying'>> {
  const graphForAnswer: number[] = [];
  const graphForApplying: number[] = [];
  await withBareClient(facts, async (graph) => {
    for (const userId of people) {
      const answer = await timed(async () => {
        await graph.user(userId);
        await graph.checkMemberGroups([{ userId, groupIds: watched }]);
      });
      const applying = await timed(async () => {
        await graph.usersByIds([userId]);
        for await (const page of graph.members(joined)) void page;
      });
      graphForAnswer.push(answer.seconds * 1_000);
      graphForApplying.push((answer.seconds + applying.seconds) * 1_000);
    }
  });
  return { graphForAnswer, graphForApplying };
}

const ACCOUNTS = 'SELECT entra_object_id AS id, xmin FROM people.accounts';
const GRANTS = 'SELECT entra_object_id AS id, xmin FROM people.grants WHERE group_id = $1';
