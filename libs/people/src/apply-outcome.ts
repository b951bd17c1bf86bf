import type { ReactionCounts } from './decisions/react-to-people.js';

/** What became of a page. Repeating a page that was applied answers `applied` with nothing counted. */
export type ApplyOutcome =
  | {
      readonly outcome: 'applied';
      readonly counts: ReactionCounts;
      readonly changedFacts: number;
      readonly rechecks: number;
      readonly stale: number;
    }
  /** A round's removals wait for its other pages. */
  | { readonly outcome: 'staged' }
  /** The connection is gone: nothing is stored. */
  | { readonly outcome: 'dropped'; readonly note: string };

export const NOTHING_COUNTED: ReactionCounts = {
  created: 0,
  updated: 0,
  deactivated: 0,
  reactivated: 0,
  granted: 0,
  revoked: 0,
  held: 0,
  skipped: 0,
  deferred: 0,
  heldPeople: new Set(),
};
