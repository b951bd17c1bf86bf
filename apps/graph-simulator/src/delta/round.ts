import type { Presented } from '../odata/select.js';

/** A page of a round; `next` is the place to continue, null at the end of the round. */
export interface RoundPage {
  readonly value: Presented[];
  readonly next: number | null;
}

/** All that one round will tell, in its order. It never changes, so a page can be asked for twice. */
export interface Round {
  page(position: number): RoundPage;
}

export interface RoundOptions {
  readonly select: readonly string[] | undefined;
  /** Lower case. */
  readonly ids: ReadonlySet<string> | undefined;
  /** Only what changed, by `Prefer: return=minimal`. */
  readonly minimal: boolean;
  readonly pageSize: number;
  readonly sliceSize: number;
  /** Tell of memberships that ended because the member was deleted. */
  readonly tellDeletedMembers: boolean;
  /** Tell a member who came and went in this round twice. */
  readonly tellBoth: boolean;
}
