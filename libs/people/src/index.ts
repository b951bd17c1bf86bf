import type { OwnerMigrations } from '#database';
import { migrations } from './migrations/index.js';

export type { ApplyOutcome } from './apply-outcome.js';
export type { ConnectionForRules, PeopleContext } from './context.js';
export type { ReactionCounts } from './decisions/react-to-people.js';
export type { RecheckReason } from './facts/evidence.js';
export type { RecheckRequest } from './facts/recheck-request.js';
export { maintainJournal } from './journal/journal-partitions.js';
export { PageApplier, type PageApplierOptions } from './page-applier.js';
export {
  predictEffects,
  type PredictedEffect,
  type Prediction,
  type PredictionRequest,
  type SupposedFacts,
} from './plans/predict-effects.js';
export { RUN_PAGES_CHANNEL } from './plans/record-run-page.js';
export { countHeldForReview, type HeldForReview } from './queries/count-held-for-review.js';
export { trimPeople } from './trim-people.js';

export const peopleMigrations: OwnerMigrations = { schema: 'people', migrations };
