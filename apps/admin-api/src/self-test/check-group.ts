import type { WatchedGroup } from '#connections';
import type { GraphClient } from '#graph-client';
import { failed, failedBy, passed, warned } from './check.js';
import type { Check } from './self-test.schemas.js';

/** The part of the Graph client that looking at a group needs. */
export type GroupReader = Pick<GraphClient, 'group' | 'members' | 'memberCount'>;

/** Whether the group is there and its first page of members can be read and used. */
export async function checkGroup(reader: GroupReader, { id, displayName }: WatchedGroup): Promise<Check> {
  const name = `group:${id}`;
  try {
    const group = await reader.group(id);
    const facts = {
      groupId: id,
      displayName: group.displayName ?? displayName,
      kind: group.kind,
      hiddenMembership: group.hiddenMembership,
    };
    return await checkMembers(reader, name, id, facts);
  } catch (error) {
    return failedBy(name, error, { groupId: id, displayName });
  }
}

async function checkMembers(reader: GroupReader, name: string, id: string, facts: Check['facts']): Promise<Check> {
  const label = typeof facts['displayName'] === 'string' ? facts['displayName'] : id;
  for await (const { members, nextLink } of reader.members(id)) {
    const users = members.filter((member) => member.type === 'user');
    const seen = {
      ...facts,
      memberCount: nextLink === null ? members.length : await reader.memberCount(id),
      users: users.length,
    };
    if (users.some((user) => user.unreadable)) {
      return failed(name, 'MEMBERS_UNREADABLE', `The members of "${label}" come without their attributes.`, seen);
    }
    if (members.length === 0) return warned(name, 'GROUP_EMPTY', `Graph shows "${label}" as empty.`, seen);
    if (members.some((member) => member.type === 'group')) {
      return warned(name, 'GROUP_CONTAINS_GROUPS', `"${label}" contains groups; only its direct members are taken.`, seen);
    }
    return passed(name, `"${label}" can be read.`, seen);
  }
  return warned(name, 'GROUP_EMPTY', `Graph shows "${label}" as empty.`, facts);
}
