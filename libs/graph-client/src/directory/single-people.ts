import { z } from 'zod';
import { ObjectNotFoundError } from '../errors/graph-errors.js';
import { readListPage, readObject } from '../paging/list-page.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import { odataLiteral, segment, type GraphSender } from '../transport/graph-request.js';
import type { DeletedObject, DirectoryUser } from './directory-objects.js';
import { graphId, isGuid } from './graph-ids.js';
import { toUser, userSchema } from './parse-user.js';
import { userSelect } from './select.js';

/**
 * A person by id, by user principal name, or by an address of theirs, in this order. Null: none of them finds anybody. Addresses
 * are not unique in Graph; the first that Graph names is taken.
 */
export async function readUser(sender: GraphSender, idOrUpnOrMail: string): Promise<DirectoryUser | null> {
  const text = idOrUpnOrMail.trim();
  const direct = await readUserByKey(sender, text);
  if (direct !== null || isGuid(text)) return direct;
  return (
    (await findUser(sender, `mail%20eq%20${odataLiteral(text)}`)) ??
    (await findUser(sender, `otherMails/any(o:o%20eq%20${odataLiteral(text)})`))
  );
}

/** A name that begins with `$` needs the other spelling (Graph sheet 2.1). */
async function readUserByKey(sender: GraphSender, key: string): Promise<DirectoryUser | null> {
  const operation: GraphOperation = { name: 'user.read', kind: 'object', permission: 'User.Read.All', object: key };
  const path = key.startsWith('$') ? `/users(${odataLiteral(key)})` : `/users/${segment(key)}`;
  return orNull(async () => {
    const { body } = await sender.send({ operation, address: `${path}?$select=${userSelect()}` });
    return toUser(readObject(body, userSchema, operation.name));
  });
}

async function findUser(sender: GraphSender, filter: string): Promise<DirectoryUser | null> {
  const operation: GraphOperation = { name: 'user.find', kind: 'list', permission: 'User.Read.All' };
  const { body } = await sender.send({ operation, address: `/users?$select=${userSelect()}&$filter=${filter}` });
  const [first] = readListPage(body, userSchema, operation.name).items;
  return first === undefined ? null : toUser(first);
}

const deletedSchema = z.object({
  '@odata.type': z.string().optional(),
  id: graphId,
  deletedDateTime: z.iso.datetime({ offset: true }).nullish(),
});

/** An object among the soft-deleted ones (Graph sheet 2.6); null where it is not there, which is no proof that it lives. */
export async function readDeleted(sender: GraphSender, kind: 'user' | 'group', id: string): Promise<DeletedObject | null> {
  const permission = kind === 'user' ? 'User.Read.All' : 'Group.Read.All';
  const operation: GraphOperation = { name: `${kind}.readDeleted`, kind: 'object', permission, object: id };
  return orNull(async () => {
    const { body } = await sender.send({
      operation,
      address: `/directory/deletedItems/${segment(id)}?$select=id,deletedDateTime`,
    });
    const deleted = readObject(body, deletedSchema, operation.name);
    const type = deleted['@odata.type']?.toLowerCase();
    if (type !== undefined && type !== `#microsoft.graph.${kind}`) return null;
    const { deletedDateTime } = deleted;
    return { id: deleted.id, deletedDateTime: typeof deletedDateTime === 'string' ? new Date(deletedDateTime) : null };
  });
}

async function orNull<Found>(read: () => Promise<Found>): Promise<Found | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
}
