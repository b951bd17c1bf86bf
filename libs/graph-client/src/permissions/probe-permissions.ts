import { z } from 'zod';
import { graphId } from '../directory/graph-ids.js';
import { toUser, userSchema } from '../directory/parse-user.js';
import { userSelect } from '../directory/select.js';
import { GraphError } from '../errors/graph-error.js';
import { ConsentMissingError } from '../errors/graph-errors.js';
import { readListPage } from '../paging/list-page.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import type { OperationName } from '../transport/operation-words.js';
import { segment, type GraphSender } from '../transport/graph-request.js';
import type { PermissionCheck, PermissionReport, TokenFacts } from './permission-report.js';

const GROUPS = 'Group.Read.All';
const PEOPLE = 'User.Read.All';

const withId = z.object({ id: graphId });

/**
 * Finds out what the application may do by doing it: the roles in a token are no contract, and several permissions open the same
 * door (Graph sheet 1.1, 2.8). A call that fails for another reason leaves its permission undecided.
 */
export async function probePermissions(
  sender: GraphSender,
  token: TokenFacts,
  wantedGroupId: string | undefined,
): Promise<PermissionReport> {
  let someGroupId = wantedGroupId;
  const groups = await probe(GROUPS, async () => {
    const { items } = await list(sender, 'probe.groups', GROUPS, '/groups?$top=1&$select=id', withId);
    someGroupId ??= items[0]?.id;
    return true;
  });
  return {
    token,
    tokenHasNoRoles: token.roles.length === 0,
    groups,
    groupsDelta: await probe(GROUPS, () => takesLatest(sender, 'probe.groupsDelta', GROUPS, '/groups/delta?$select=members')),
    members: await probeMembers(sender, someGroupId),
    users: await probe(PEOPLE, () => peopleAreReadable(sender)),
    usersDelta: await probe(PEOPLE, () => takesLatest(sender, 'probe.usersDelta', PEOPLE, '/users/delta?$select=id')),
  };
}

async function probeMembers(sender: GraphSender, groupId: string | undefined): Promise<PermissionCheck> {
  if (groupId === undefined) return { outcome: 'undecided', error: null };
  return probe(GROUPS, async () => {
    // Ids without attributes are readable memberships; the people behind them are the next check's question.
    await list(sender, 'probe.members', GROUPS, `/groups/${segment(groupId)}/members?$top=1&$select=id`, withId);
    return true;
  });
}

/** Graph answers 200 with nulls where only the ids may be read (sheet 2.1). */
async function peopleAreReadable(sender: GraphSender): Promise<boolean> {
  const { items } = await list(sender, 'probe.users', PEOPLE, `/users?$top=1&$select=${userSelect()}`, userSchema);
  return items.every((item) => !toUser(item).unreadable);
}

async function takesLatest(sender: GraphSender, name: OperationName, permission: string, path: string): Promise<boolean> {
  const page = await list(sender, name, permission, `${path}&$deltatoken=latest`, z.unknown());
  return page.deltaLink !== null || page.nextLink !== null;
}

async function list<Schema extends z.ZodType>(
  sender: GraphSender,
  name: OperationName,
  permission: string,
  address: string,
  item: Schema,
) {
  const operation: GraphOperation = { name, kind: 'list', permission };
  const { body } = await sender.send({ operation, address });
  return readListPage(body, item, name);
}

async function probe(permission: string, isReadable: () => Promise<boolean>): Promise<PermissionCheck> {
  try {
    return (await isReadable()) ? { outcome: 'granted' } : { outcome: 'missing', permission, error: null };
  } catch (error) {
    if (error instanceof ConsentMissingError) return { outcome: 'missing', permission: error.permission ?? permission, error };
    if (error instanceof GraphError) return { outcome: 'undecided', error };
    throw error;
  }
}
