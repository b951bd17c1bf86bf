import { badRequest } from '../http/graph-error.js';
import { parseFilter, type Filter } from '../odata/filter.js';
import { parseSelect } from '../odata/select.js';

const MOST_IDS = 50;

/** Relations that may stand in `$select`. Of a group's, `members` is followed; the others are accepted and stay silent. */
const relations = { groups: ['members', 'owners'], users: ['manager', 'directReports'] } as const;

export interface DeltaQuery {
  readonly select?: string[];
  readonly ids?: string[];
}

/** Options of the first call of a chain. Everything that delta does not know is refused. */
export function parseDeltaQuery(resource: 'groups' | 'users', query: ReadonlyMap<string, string>): DeltaQuery {
  const text = query.get('$filter');
  const select = parseDeltaSelect(resource, query.get('$select'));
  const ids = text === undefined ? undefined : idsOf(parseFilter(text));
  if (ids && ids.length > MOST_IDS) throw badRequest(`The number of ids in the filter exceeds the maximum of ${MOST_IDS}.`);
  return { ...(select ? { select } : {}), ...(ids ? { ids } : {}) };
}

function parseDeltaSelect(resource: 'groups' | 'users', text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const related = names.filter((name) => relations[resource].some((each) => each === name));
  const properties = names.filter((name) => !related.includes(name));
  const known = parseSelect(properties.join(','), [resource === 'groups' ? 'group' : 'user']) ?? [];
  return [...known, ...related];
}

/** `id eq '…'` joined by `or`, nothing else. */
function idsOf(filter: Filter): string[] {
  if (filter.op === 'eq' && filter.path === 'id' && typeof filter.value === 'string') return [filter.value.toLowerCase()];
  if (filter.op === 'or') return [...new Set([...idsOf(filter.left), ...idsOf(filter.right)])];
  throw badRequest("Invalid filter clause: a delta query supports only 'id eq' joined with 'or'.");
}
