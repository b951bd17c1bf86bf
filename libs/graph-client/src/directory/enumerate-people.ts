import { EVERYBODY } from '#contracts';
import type { EnumerationOptions } from '../graph-client.js';
import { readPages } from '../paging/read-pages.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import { segment, type GraphSender } from '../transport/graph-request.js';
import type { DirectoryUser, MembersPage, UserProperty, UsersPage } from './directory-objects.js';
import { toMember, toUser, userSchema } from './parse-user.js';
import { userSelect } from './select.js';

/** The largest page that Graph gives (sheet 2.1); it costs as much as the smallest. */
const PAGE_SIZE = 999;
const PAGE_UNITS = 2;

type Select = { readonly select?: readonly UserProperty[] };
/** Told of people whose attributes may not be read. */
type OnUnreadable = () => void;

/** Direct members, by the plain list: the variants with cast or count answer from an index that lags (Graph sheet 2.1). */
export async function* readMembers(
  sender: GraphSender,
  groupId: string,
  options: EnumerationOptions & Select,
  onUnreadable: OnUnreadable,
): AsyncGenerator<MembersPage> {
  if (groupId === EVERYBODY) {
    yield* readEverybody(sender, options, onUnreadable);
    return;
  }
  const operation: GraphOperation = { name: 'members.read', kind: 'group', permission: 'Group.Read.All', object: groupId };
  const address =
    options.resumeLink ?? `/groups/${segment(groupId)}/members?$top=${PAGE_SIZE}&$select=${userSelect(options.select)}`;
  const request = { operation, address, units: PAGE_UNITS, ...withSignal(options) };
  for await (const { index, nextLink, items } of readPages(sender, request, userSchema, 'withoutLink')) {
    const members = items.map(toMember);
    report(members, onUnreadable);
    yield { index, nextLink, members };
  }
}

/** All users of the tenant in the shape of members (Graph sheet 2.1: `GET /users`). */
async function* readEverybody(
  sender: GraphSender,
  options: EnumerationOptions & Select,
  onUnreadable: OnUnreadable,
): AsyncGenerator<MembersPage> {
  for await (const { users, ...page } of readUsers(sender, options, onUnreadable)) {
    yield { ...page, members: users.map((user) => ({ ...user, type: 'user' as const })) };
  }
}

export async function* readUsers(
  sender: GraphSender,
  options: EnumerationOptions & Select & { readonly filter?: string },
  onUnreadable: OnUnreadable,
): AsyncGenerator<UsersPage> {
  const filter = options.filter === undefined ? '' : `&$filter=${encodeURIComponent(options.filter)}`;
  const operation: GraphOperation = {
    name: 'users.read',
    kind: filter === '' ? 'list' : 'filteredList',
    permission: 'User.Read.All',
  };
  const address = options.resumeLink ?? `/users?$top=${PAGE_SIZE}&$select=${userSelect(options.select)}${filter}`;
  const request = { operation, address, units: PAGE_UNITS, ...withSignal(options) };
  for await (const { index, nextLink, items } of readPages(sender, request, userSchema, 'withoutLink')) {
    const users = items.map(toUser);
    report(users, onUnreadable);
    yield { index, nextLink, users };
  }
}

function withSignal({ signal }: EnumerationOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function report(people: readonly DirectoryUser[], onUnreadable: OnUnreadable): void {
  if (people.some((person) => person.unreadable)) onUnreadable();
}
