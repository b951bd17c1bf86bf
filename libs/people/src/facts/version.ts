/** Which read says so, and on which of Graph's pages (invariant 2). Compared as a pair. */
export interface FactVersion {
  readonly readNo: number;
  readonly page: number;
}

/** Negative, zero or positive, as for `sort`: a fact changes only for a greater version; an equal one is a repeat. */
export function compareVersions(left: FactVersion, right: FactVersion): number {
  return left.readNo - right.readNo || left.page - right.page;
}
