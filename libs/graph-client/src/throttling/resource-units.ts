/** Base costs that differ from 1, by the path behind the version; the first match counts (Graph sheet 5.2). */
const BASE_COSTS: readonly { readonly path: RegExp; readonly units: number }[] = [
  { path: /\/delta(\(\))?$|\/microsoft\.graph\.delta(\(\))?$/i, units: 5 },
  { path: /\/transitiveMembers\b/i, units: 5 },
  { path: /\/directoryObjects\/getByIds$/i, units: 3 },
  { path: /\/checkMemberGroups$/i, units: 4 },
  { path: /\/getMemberGroups$/i, units: 2 },
  { path: /\/members\b/i, units: 3 },
  { path: /\/users$/i, units: 2 },
];

/**
 * What a request costs in Graph's resource units: by request, not by object. Delta answers do not tell theirs, so 5 is assumed;
 * `getByIds` costs 5, or 2 with `$select`, hence 3 here before the modifier.
 */
export function resourceUnits(url: URL): number {
  const base = BASE_COSTS.find((cost) => cost.path.test(url.pathname))?.units ?? 1;
  const top = Number(url.searchParams.get('$top') ?? Number.NaN);
  const modifier = (url.searchParams.has('$select') ? -1 : 0) + (url.searchParams.has('$expand') ? 1 : 0) + (top < 20 ? -1 : 0);
  return Math.max(1, base + modifier);
}
