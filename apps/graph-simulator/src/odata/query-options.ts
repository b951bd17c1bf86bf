import { badRequest } from '../http/graph-error.js';

/**
 * Options of a request by name (`$select`, `$top` in lower case). An unknown option with `$` is a mistake, one without is
 * somebody else's business and ignored.
 */
export function parseQuery(search: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search)) {
    const key = name.startsWith('$') ? name.toLowerCase() : name;
    if (options.has(key) && key.startsWith('$'))
      throw badRequest(`Query option '${name}' was specified more than once, but it must be specified at most once.`);
    options.set(key, value);
  }
  return options;
}

export function refuseUnknownOptions(query: ReadonlyMap<string, string>, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !known.includes(name)) throw badRequest(`The query parameter '${name}' is not supported.`);
  }
}

const LARGEST_PAGE = 999;
const DEFAULT_PAGE = 100;

/** `$top`, 100 when absent. Above 999 the directory refuses. */
export function pageSize(query: ReadonlyMap<string, string>): number {
  const top = query.get('$top');
  if (top === undefined) return DEFAULT_PAGE;
  const size = Number(top);
  if (!Number.isInteger(size) || size < 0)
    throw badRequest(
      `Invalid value '${top}' for $top query option found. The $top query option requires a non-negative integer value.`,
    );
  if (size < 1 || size > LARGEST_PAGE)
    throw badRequest(`Invalid page size specified: '${size}'. Must be between 1 and ${LARGEST_PAGE} inclusive.`);
  return size;
}

/** The same request again with another option, for nextLinks. Spaces as `%20`, the `$` of names left as it is. */
export function withOption(query: ReadonlyMap<string, string>, name: string, value: string): string {
  return [...new Map(query).set(name, value)].map(([key, text]) => `${key}=${encodeURIComponent(text)}`).join('&');
}
