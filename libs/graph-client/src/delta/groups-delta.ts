import { z } from 'zod';
import type { GroupDelta, GroupsDeltaPage } from '../directory/directory-objects.js';
import { graphId } from '../directory/graph-ids.js';
import { memberType } from '../directory/parse-user.js';
import { readPages } from '../paging/read-pages.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import { odataLiteral, type GraphSender } from '../transport/graph-request.js';
import { readLatestLink } from './latest-link.js';
import { readRemoved, removedSchema } from './removed.js';

/** The most ids that the filter of a delta query takes (Graph sheet 3.1). */
export const GROUPS_PER_CHAIN = 50;

const PERMISSION = 'Group.Read.All';

const groupDeltaSchema = z.object({
  id: graphId,
  displayName: z.string().nullish(),
  '@removed': removedSchema,
  'members@delta': z.array(z.object({ '@odata.type': z.string().optional(), id: graphId, '@removed': removedSchema })).optional(),
});

/** Starts a chain at "now": `members` must be selected by name, or its changes are not told (Graph sheet 3.1). */
export async function readGroupsDeltaLatest(sender: GraphSender, groupIds: readonly string[]): Promise<{ deltaLink: string }> {
  if (groupIds.length === 0 || groupIds.length > GROUPS_PER_CHAIN) {
    throw new RangeError(`A delta chain takes 1 to ${GROUPS_PER_CHAIN} groups, not ${groupIds.length}.`);
  }
  const operation: GraphOperation = { name: 'groupsDelta.latest', kind: 'list', permission: PERMISSION };
  const filter = groupIds.map((id) => `id%20eq%20${odataLiteral(id)}`).join('%20or%20');
  const address = `/groups/delta?$select=displayName,members&$filter=${filter}&$deltatoken=latest`;
  return readLatestLink(sender, { operation, address });
}

/** Follows a round to its deltaLink; what it brings may be repeated, split and unordered (Graph sheet 3.2). */
export async function* readGroupsDelta(sender: GraphSender, link: string, signal?: AbortSignal): AsyncGenerator<GroupsDeltaPage> {
  const operation: GraphOperation = { name: 'groupsDelta.read', kind: 'delta', permission: PERMISSION };
  const request = { operation, address: link, ...(signal === undefined ? {} : { signal }) };
  for await (const { index, nextLink, deltaLink, items } of readPages(sender, request, groupDeltaSchema, 'withDeltaLink')) {
    yield { index, nextLink, deltaLink, groups: items.map(toGroupDelta) };
  }
}

function toGroupDelta(raw: z.infer<typeof groupDeltaSchema>): GroupDelta {
  return {
    id: raw.id,
    ...readRemoved(raw['@removed']),
    ...(raw.displayName === undefined ? {} : { displayName: raw.displayName }),
    members: (raw['members@delta'] ?? []).map((member) => ({
      id: member.id,
      type: memberType(member['@odata.type']),
      removed: 'removed' in readRemoved(member['@removed']),
    })),
  };
}
