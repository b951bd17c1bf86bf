import { BATCH_SIZE, sendBatch, type BatchAnswer } from '../batch/send-batch.js';
import { chunks } from '../batch/chunks.js';
import type { GraphError } from '../errors/graph-error.js';
import { ConsentMissingError } from '../errors/graph-errors.js';
import { readListPage } from '../paging/list-page.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import { odataLiteral, type GraphSender } from '../transport/graph-request.js';
import type { DirectoryUser } from './directory-objects.js';
import { toUser, userSchema } from './parse-user.js';
import { userSelect } from './select.js';

/** Graph sheet 2.1: `getByIds` takes 1,000 ids; `id in (…)` takes 15, and 20 such requests fit a batch. */
const IDS_PER_CALL = 1_000;
const IDS_PER_FILTER = 15;
const IDS_PER_BATCH = IDS_PER_FILTER * BATCH_SIZE;

export interface PeopleById {
  readonly found: DirectoryUser[];
  readonly missing: string[];
}

/** Remembers, for a connection, that `getByIds` is not allowed: it may need more than `User.Read.All` (Graph sheet 2.8). */
export interface GetByIdsMemory {
  getByIdsRefused: boolean;
}

type Classify = (answer: BatchAnswer, operation: GraphOperation) => Promise<GraphError>;

/** Reads people in bulk. All or nothing: a failure of any part throws, since an id that was not asked for is not missing. */
export async function readPeopleById(
  sender: GraphSender,
  memory: GetByIdsMemory,
  classify: Classify,
  ids: readonly string[],
): Promise<PeopleById> {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  const found: DirectoryUser[] = [];
  for (const some of chunks(wanted, IDS_PER_CALL)) found.push(...(await readSome(sender, memory, classify, some)));
  const byId = new Map(found.map((person) => [person.id, person]));
  return {
    found: wanted.flatMap((id) => byId.get(id) ?? []),
    missing: wanted.filter((id) => !byId.has(id)),
  };
}

async function readSome(
  sender: GraphSender,
  memory: GetByIdsMemory,
  classify: Classify,
  ids: string[],
): Promise<DirectoryUser[]> {
  if (memory.getByIdsRefused) return getByFilters(sender, classify, ids);
  try {
    return await getByIds(sender, ids);
  } catch (error) {
    if (!(error instanceof ConsentMissingError)) throw error;
    const found = await getByFilters(sender, classify, ids);
    // Only now is it known that getByIds alone is refused, and not reading people at all.
    memory.getByIdsRefused = true;
    return found;
  }
}

async function getByFilters(sender: GraphSender, classify: Classify, ids: string[]): Promise<DirectoryUser[]> {
  const found: DirectoryUser[] = [];
  for (const some of chunks(ids, IDS_PER_BATCH)) found.push(...(await getByFilterBatch(sender, classify, some)));
  return found;
}

async function getByIds(sender: GraphSender, ids: string[]): Promise<DirectoryUser[]> {
  const operation: GraphOperation = { name: 'users.byIds', kind: 'list', permission: 'User.Read.All' };
  const address = `/directoryObjects/getByIds?$select=${userSelect()}`;
  const body = { ids, types: ['user'] };
  const answer = await sender.send({ operation, method: 'POST', address, body, repeatable: true });
  return readListPage(answer.body, userSchema, operation.name).items.map(toUser);
}

async function getByFilterBatch(sender: GraphSender, classify: Classify, ids: string[]): Promise<DirectoryUser[]> {
  const operation: GraphOperation = { name: 'users.byFilter', kind: 'list', permission: 'User.Read.All' };
  const items = chunks(ids, IDS_PER_FILTER).map((some) => ({
    method: 'GET' as const,
    address: `/users?$select=${userSelect()}&$filter=id%20in%20(${some.map(odataLiteral).join(',')})`,
  }));
  const found: DirectoryUser[] = [];
  for (const answer of await sendBatch(sender, operation, items)) {
    if (answer.status !== 200) throw await classify(answer, operation);
    found.push(...readListPage(answer.body, userSchema, operation.name).items.map(toUser));
  }
  return found;
}
