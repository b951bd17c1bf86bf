import type { AccountExplanation } from '#people';
import { presentActivity } from '../activity/activity.presenter.js';
import { presentReason } from '../http/reason.presenter.js';
import { presentAccount } from './account.presenter.js';
import type { WhyAnswer } from './why.schemas.js';

export function presentWhy(why: AccountExplanation): WhyAnswer {
  return {
    account: presentAccount(why.account),
    revision: why.revision,
    person: { ...why.person, attributes: { ...why.person.attributes } },
    groups: why.groups.map(({ path, noticedAt, changedAt, ...group }) => ({
      ...group,
      path: [...path],
      noticedAt: noticedAt?.toISOString() ?? null,
      changedAt: changedAt.toISOString(),
    })),
    rules: why.rules.map(({ seen, ...step }) => ({ ...step, seen: { ...seen } })),
    reason: why.reason === null ? null : presentReason(why.reason.code, why.reason.message),
    pins: why.pins.map(({ pinnedAt, ...pin }) => ({ ...pin, pinnedAt: pinnedAt.toISOString() })),
    holds: why.holds.map(({ reason, heldAt, ...hold }) => ({
      ...hold,
      reason: presentReason(reason.code, reason.message),
      heldAt: heldAt.toISOString(),
    })),
    journal: why.journal.map(presentActivity),
    now: why.now === null ? null : presentNow(why.now),
  };
}

function presentNow({ fields, grants, revocations, held, ...now }: NonNullable<AccountExplanation['now']>): WhyAnswer['now'] {
  return {
    ...now,
    fields: { ...fields },
    grants: [...grants],
    revocations: [...revocations],
    held: held.map((wish) => ({ ...wish })),
  };
}
