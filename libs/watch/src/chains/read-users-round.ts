import { EVERYBODY, type UserItem } from '#contracts';
import type { Tx } from '#database';
import type { UserDelta, UsersDeltaPage } from '#graph-client';
import { currentTraceparent } from '#tracing';
import { RoundIncompleteError } from '../errors.js';
import { DirectoryPages } from '../pages/directory-pages.js';
import { addPeopleOfRound } from '../pages/people-of-round.js';
import { publishPages } from '../pages/publish-pages.js';
import { addPrincipals } from '../principals/add-principals.js';
import type { ClaimedChain } from './chain.js';
import { readFacts, type ChainRead } from './chain-read.js';
import { finishChainRead } from './finish-chain-read.js';
import { isEverybodyWatched } from './is-everybody-watched.js';
import { mergeUserDeltas, type MergedUserDelta } from './merge-user-deltas.js';

/** People of a round that may wait in memory for one commit; past it the round is committed piece by piece. */
export const MERGED_PEOPLE_LIMIT = 5_000;

/**
 * Follows the users link to its end. Only principals are published, everybody else of the tenant is none of our business; but where
 * the whole tenant is in scope everybody is. Each piece of a long round is published as it comes, and judged by itself.
 */
export async function readUsersRound(read: ChainRead, link: string, mergedLimit = MERGED_PEOPLE_LIMIT): Promise<void> {
  const deltas: UserDelta[] = [];
  let changes = 0;
  for await (const page of read.graph.usersDeltaRound(link, { signal: read.lease.signal })) {
    deltas.push(...page.users);
    if (page.deltaLink === null && deltas.length <= mergedLimit) continue;
    changes += await commitPeople(read, deltas.splice(0), page, changes);
    if (page.deltaLink !== null) return;
  }
  throw new RoundIncompleteError(read.chain.id);
}

async function commitPeople(
  read: ChainRead,
  deltas: readonly UserDelta[],
  page: UsersDeltaPage,
  before: number,
): Promise<number> {
  const { context, chain, lease } = read;
  return context.db.transaction(async (tx) => {
    await lease.assert(tx);
    const people = await onlyWatched(tx, chain, mergeUserDeltas(deltas));
    const pages = new DirectoryPages(readFacts(read), page.index);
    addPeopleOfRound(pages, `${chain.id}:${read.readNo}:${page.index}`, people.map(userItem));
    await publishPages(tx, pages);
    if (page.deltaLink !== null) await finishChainRead(tx, read, page.deltaLink, before + people.length);
    else await keepResumePoint(tx, read, page.nextLink);
    return people.length;
  });
}

async function keepResumePoint(tx: Tx, { chain }: ChainRead, nextLink: string | null): Promise<void> {
  await tx.query(
    `UPDATE watch.chains SET next_link = $2, round_due_seq = $3, round_noticed_at = $4, round_traceparent = $5 WHERE id = $1`,
    [chain.id, nextLink, chain.dueSeq, chain.noticedAt, currentTraceparent()],
  );
}

async function onlyWatched(tx: Tx, chain: ClaimedChain, deltas: readonly MergedUserDelta[]): Promise<readonly MergedUserDelta[]> {
  if (deltas.length === 0) return [];
  const rows = await tx.query<{ object_id: string }>(
    `SELECT object_id FROM watch.principals WHERE connection_id = $1 AND object_id = ANY ($2::text[])`,
    [chain.connectionId, deltas.map((delta) => delta.id)],
  );
  const principals = new Set(rows.map((row) => row.object_id));
  if (!(await isEverybodyWatched(tx, chain.connectionId))) return deltas.filter(({ id }) => principals.has(id));
  const newcomers = deltas.filter(({ id, removed }) => removed === undefined && !principals.has(id));
  await enterNewcomers(tx, chain, newcomers);
  return deltas;
}

/** Of somebody who only changed, delta tells the change alone: the rest is read in bulk right after. */
async function enterNewcomers(tx: Tx, { connectionId, noticedAt }: ClaimedChain, newcomers: readonly UserDelta[]): Promise<void> {
  const named = newcomers.map(({ id }) => ({ objectId: id, groupId: EVERYBODY }));
  await addPrincipals(tx, connectionId, named, { noticedAt });
}

function userItem({ id, removed, attributes, contradicted }: MergedUserDelta): UserItem {
  const doubt = contradicted === true ? { contradicted } : {};
  if (removed !== undefined) return { id, state: removed === 'changed' ? 'softDeleted' : 'deleted', ...doubt };
  return { id, state: 'present', attributes, ...doubt };
}
