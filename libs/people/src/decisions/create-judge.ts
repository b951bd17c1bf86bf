import { applied, heldFor, isRemoval, type EffectWish, type Judge, type Verdict } from './effect-wish.js';
import type { Rules } from './rules.js';
import type { Situation } from './situation.js';

/** What a person allowed: past review, guard and held groups, but not past protection. */
export type Permit = (wish: EffectWish) => boolean;

/** Holds that end by themselves when their cause ends; every other one waits for a person or for the tenant. */
const REJUDGED = new Set(['ACCOUNT_PROTECTED', 'LAST_SUPER_ADMIN']);

export interface JudgeOptions {
  readonly situation: Situation;
  readonly rules: Rules;
  /** Whether `apply` asks for review here; what a run publishes has been reviewed or needs none. */
  readonly asksForReview: boolean;
  readonly isPermitted: Permit;
  /** Why the guard holds a removal; undefined where it lets it pass. */
  readonly guardCode: (wish: EffectWish) => string | undefined;
  /** True where the account is the organisation's last live super admin. */
  readonly isLastSuperAdmin: () => boolean;
}

/** Whether an effect that the rules want may be done now, and if not, why it is held. */
export function createJudge(options: JudgeOptions): Judge {
  return (wish) => {
    const hold = (options.isPermitted(wish) ? undefined : ruleCode(wish, options)) ?? protectionCode(wish, options);
    if (hold !== undefined) return heldFor(hold);
    return options.isPermitted(wish) ? applied : verdictOf(options.guardCode(wish));
  };
}

function ruleCode(wish: EffectWish, { situation, rules, asksForReview }: JudgeOptions): string | undefined {
  const open = situation.held.find(
    ({ action, groupId, code }) => action === wish.action && groupId === wish.groupId && !REJUDGED.has(code),
  );
  if (open !== undefined) return open.code;
  if (wish.follows) return undefined;
  const keep = isRemoval(wish) ? 'in' : 'out';
  if (
    situation.pins.some(
      (pin) => pin.state === 'overtaken' && pin.field === null && pin.groupId === wish.groupId && pin.keep === keep,
    )
  )
    return 'UNDONE';
  if (wish.code === 'GROUP_DELETED' || wish.code === 'GROUP_UNWATCHED') return wish.code;
  const { apply } = rules.settings;
  const needsReview = asksForReview && (apply === 'reviewAll' || (apply === 'reviewRemovals' && isRemoval(wish)));
  return needsReview ? 'REVIEW' : undefined;
}

function protectionCode(wish: EffectWish, { situation, isLastSuperAdmin }: JudgeOptions): string | undefined {
  if (wish.action !== 'deactivate') return undefined;
  if (situation.account?.protected === true) return 'ACCOUNT_PROTECTED';
  return isLastSuperAdmin() ? 'LAST_SUPER_ADMIN' : undefined;
}

function verdictOf(code: string | undefined): Verdict {
  return code === undefined ? applied : heldFor(code);
}
