import type { Tx } from '#database';
import { requestBaselines } from '../baselines/baselines.js';
import type { DirectoryPages } from '../pages/directory-pages.js';
import type { ClaimedChain } from './chain.js';
import { decideGroupChange, type KnownGroup } from './decide-group-change.js';
import type { MergedGroup } from './merge-groups-round.js';

/** The groups that this chain still stands for; groups that were taken out of the scope stay in its filter and are ignored. */
export async function knownGroups(tx: Tx, chain: ClaimedChain): Promise<Map<string, KnownGroup>> {
  const rows = await tx.query<KnownGroup>(
    `SELECT group_id AS "groupId", state, display_name AS "displayName" FROM watch.groups WHERE connection_id = $1 AND chain_id = $2`,
    [chain.connectionId, chain.id],
  );
  return new Map(rows.map((row) => [row.groupId, row]));
}

/** Publishes what became of the group objects themselves, and asks for a baseline of those that returned. */
export async function applyGroupChanges(
  tx: Tx,
  chain: ClaimedChain,
  known: ReadonlyMap<string, KnownGroup>,
  reported: ReadonlyMap<string, MergedGroup>,
  pages: DirectoryPages,
): Promise<number> {
  const changes = [...reported].flatMap(([id, group]) => {
    const before = known.get(id);
    return before === undefined ? [] : [{ id, ...decideGroupChange(before, group) }];
  });
  const changed = changes.filter((change) => change.fact !== null);
  for (const { fact } of changed) if (fact !== null) pages.group(fact);
  if (changed.length > 0) {
    await tx.query(
      `UPDATE watch.groups g SET state = n.state, display_name = n.display_name
         FROM unnest($2::text[], $3::text[], $4::text[]) AS n (group_id, state, display_name)
        WHERE g.connection_id = $1 AND g.group_id = n.group_id`,
      [
        chain.connectionId,
        changed.map(({ id }) => id),
        changed.map(({ state }) => state),
        changed.map(({ displayName }) => displayName),
      ],
    );
  }
  await requestBaselines(
    tx,
    chain,
    changes.filter(({ returned }) => returned).map(({ id }) => id),
    'GROUP_RETURNED',
  );
  return changed.length;
}
