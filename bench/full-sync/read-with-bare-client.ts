import type { TenantFacts } from '../../test/support/tenant.js';
import { withBareClient } from '../support/bare-client.js';
import { timed } from '../support/statistics.js';

/** Seconds that the Graph client alone needs for all pages of the group. Throws where it does not see all members. */
export async function readWithBareClient(facts: TenantFacts, groupId: string, members: number): Promise<number> {
  const { result, seconds } = await withBareClient(facts, (client) =>
    timed(async () => {
      let seen = 0;
      for await (const page of client.members(groupId)) seen += page.members.length;
      return seen;
    }),
  );
  if (result !== members) throw new Error(`the bare client saw ${result} of ${members} members`);
  return seconds;
}
