import { EVERYBODY } from '#contracts';
import { ConsentMissingError, GraphRejectedError } from '../errors/graph-errors.js';
import { readObject } from '../paging/list-page.js';
import { readAll, readPages } from '../paging/read-pages.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import { EVENTUAL, odataLiteral, segment, type GraphSender } from '../transport/graph-request.js';
import type { DirectoryGroup } from './directory-objects.js';
import { GROUP_SELECT, groupSchema, toGroup } from './parse-group.js';

const PERMISSION = 'Group.Read.All';
const MOST_FOUND = 999;

/** Graph sheet 2.1: `GET /groups/{id}`. */
export async function readGroup(sender: GraphSender, id: string): Promise<DirectoryGroup> {
  const operation: GraphOperation = { name: 'group.read', kind: 'group', permission: PERMISSION, object: id };
  const { body } = await sender.send({ operation, address: `/groups/${segment(id)}?$select=${GROUP_SELECT}` });
  return toGroup(readObject(body, groupSchema, operation.name));
}

/** Graph compares names without case; so the exact ones are picked out here. */
export async function findGroupsByName(sender: GraphSender, exactName: string): Promise<DirectoryGroup[]> {
  const operation: GraphOperation = { name: 'groups.byName', kind: 'list', permission: PERMISSION, object: exactName };
  const address = `/groups?$select=${GROUP_SELECT}&$top=${MOST_FOUND}&$filter=displayName%20eq%20${odataLiteral(exactName)}`;
  const groups = (await readAll(sender, { operation, address }, groupSchema)).map(toGroup);
  const exact = groups.filter((group) => group.displayName === exactName);
  return exact.length > 0 ? exact : groups;
}

export async function searchGroups(sender: GraphSender, text: string, limit: number): Promise<DirectoryGroup[]> {
  const operation: GraphOperation = { name: 'groups.search', kind: 'list', permission: PERMISSION };
  const top = Math.min(Math.max(limit, 1), MOST_FOUND);
  const address = `/groups?$select=${GROUP_SELECT}&$top=${top}&$filter=startsWith(displayName,${odataLiteral(text)})`;
  const found: DirectoryGroup[] = [];
  for await (const page of readPages(sender, { operation, address }, groupSchema, 'withoutLink')) {
    found.push(...page.items.map(toGroup));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

/** An advanced query: it may lag behind the list, and some groups do not answer it; then the count is not known. */
export async function countMembers(sender: GraphSender, groupId: string): Promise<number | null> {
  const { operation, address } = countOf(groupId);
  try {
    const { body } = await sender.send({ operation, address, headers: EVENTUAL });
    const count = typeof body === 'string' ? Number(body.replace(/^\uFEFF/, '').trim()) : body;
    return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
  } catch (error) {
    if (error instanceof ConsentMissingError || error instanceof GraphRejectedError) return null;
    throw error;
  }
}

function countOf(groupId: string): { operation: GraphOperation; address: string } {
  if (groupId === EVERYBODY)
    return { operation: { name: 'users.count', kind: 'list', permission: 'User.Read.All' }, address: '/users/$count' };
  const operation: GraphOperation = { name: 'members.count', kind: 'group', permission: PERMISSION, object: groupId };
  return { operation, address: `/groups/${segment(groupId)}/members/$count` };
}
