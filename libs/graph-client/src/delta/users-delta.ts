import type { UserProperty, UsersDeltaPage } from '../directory/directory-objects.js';
import { readAttributes, userSchema } from '../directory/parse-user.js';
import { userSelect } from '../directory/select.js';
import { readPages } from '../paging/read-pages.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import type { GraphSender } from '../transport/graph-request.js';
import { readLatestLink } from './latest-link.js';
import { readRemoved, removedSchema } from './removed.js';

const PERMISSION = 'User.Read.All';

const userDeltaSchema = userSchema.extend({ '@removed': removedSchema });

/** The select is part of the link: a wider one starts a new chain (Graph sheet 3.1). */
export async function readUsersDeltaLatest(
  sender: GraphSender,
  select?: readonly UserProperty[],
): Promise<{ deltaLink: string }> {
  const operation: GraphOperation = { name: 'usersDelta.latest', kind: 'list', permission: PERMISSION };
  return readLatestLink(sender, { operation, address: `/users/delta?$select=${userSelect(select)}&$deltatoken=latest` });
}

/** Properties that never had a value are left out, so an absent userPrincipalName does not mean "unreadable" here (Graph sheet 3.2). */
export async function* readUsersDelta(sender: GraphSender, link: string, signal?: AbortSignal): AsyncGenerator<UsersDeltaPage> {
  const operation: GraphOperation = { name: 'usersDelta.read', kind: 'delta', permission: PERMISSION };
  const request = { operation, address: link, ...(signal === undefined ? {} : { signal }) };
  for await (const { index, nextLink, deltaLink, items } of readPages(sender, request, userDeltaSchema, 'withDeltaLink')) {
    const users = items.map((item) => ({ id: item.id, ...readRemoved(item['@removed']), attributes: readAttributes(item) }));
    yield { index, nextLink, deltaLink, users };
  }
}
