import { ownedFields, type EffectType } from '#contracts';
import { statusOf, type Situation } from '../decisions/situation.js';
import type { UndoableEffect } from './undo-target.js';

/** An effect that takes an earlier one back. */
export interface Reversal {
  readonly type: EffectType;
  readonly groupId: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface PersonReversal {
  readonly reversals: readonly Reversal[];
  /** What stays as it is, because somebody or the tenant changed it since, or because it is protected. */
  readonly leftOut: readonly { readonly groupId: string | null; readonly code: string }[];
}

const NOTHING: PersonReversal = { reversals: [], leftOut: [] };

/**
 * What must happen to a person so that these effects never were. Each thing is taken back only where it is still as the last of them
 * left it, and needs nothing where an earlier undo took it back; an account that one of them created ends deactivated. Where the
 * account itself has moved on, so has the person. Pure.
 */
export function reverseEffects(effects: readonly UndoableEffect[], situation: Situation): PersonReversal {
  const { account } = situation;
  if (account === null || effects.length === 0) return NOTHING;
  const status = reverseStatus(effects, account);
  if (status.leftOut.length > 0) return status;
  const parts = [status, reverseFields(effects, account), reverseGrants(effects, situation)];
  return { reversals: parts.flatMap(({ reversals }) => reversals), leftOut: parts.flatMap(({ leftOut }) => leftOut) };
}

type Account = NonNullable<Situation['account']>;

function reverseStatus(effects: readonly UndoableEffect[], account: Account): PersonReversal {
  const moves = fromTarget(
    effects.filter(({ after, type }) => type !== 'rollcall.account.updated' && after?.['status'] !== undefined),
  );
  const first = moves[0];
  const last = moves.at(-1);
  if (first === undefined || last === undefined) return NOTHING;
  const wanted = first.before ?? { status: 'deactivated', reason: 'UNDONE' };
  if (first.before !== null && wanted['status'] === last.after?.['status']) return NOTHING;
  const now = statusOf(account);
  const returnsToAnother = wanted['status'] !== 'deactivated' && account.ownStatus !== wanted['status'];
  if (now !== last.after?.['status'] || returnsToAnother) return leftOut('CHANGED_SINCE');
  if (wanted['status'] === now) return NOTHING;
  const goes = wanted['status'] === 'deactivated';
  if (goes && account.protected) return leftOut('ACCOUNT_PROTECTED');
  const before = account.outCode === null ? { status: now } : { status: now, reason: account.outCode };
  const type = goes ? 'rollcall.account.deactivated' : 'rollcall.account.reactivated';
  return { reversals: [{ type, groupId: null, before, after: wanted }], leftOut: [] };
}

function reverseFields(effects: readonly UndoableEffect[], account: Account): PersonReversal {
  const updates = effects.filter(({ type }) => type === 'rollcall.account.updated');
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  let moved = false;
  for (const field of ownedFields) {
    const touching = fromTarget(updates.filter((update) => update.after?.[field] !== undefined));
    const [first, last] = [touching[0], touching.at(-1)];
    if (first === undefined || first.before?.[field] === last?.after?.[field]) continue;
    if (account[field] !== last?.after?.[field]) {
      moved = true;
      continue;
    }
    before[field] = account[field];
    after[field] = first.before?.[field] ?? null;
  }
  const reversal: Reversal = { type: 'rollcall.account.updated', groupId: null, before, after };
  return {
    reversals: Object.keys(after).length > 0 ? [reversal] : [],
    leftOut: moved ? [{ groupId: null, code: 'CHANGED_SINCE' }] : [],
  };
}

function reverseGrants(effects: readonly UndoableEffect[], { grants }: Situation): PersonReversal {
  const moves = effects.filter(({ groupId }) => groupId !== null);
  const groupIds = [...new Set(moves.map(({ groupId }) => groupId))];
  const parts = groupIds.map((groupId): PersonReversal => {
    const own = fromTarget(moves.filter((move) => move.groupId === groupId));
    if (own.length === 0) return NOTHING;
    const wasThere = own[0]?.type === 'rollcall.membership.revoked';
    const leftThere = own.at(-1)?.type === 'rollcall.membership.granted';
    const grant = grants.find((known) => known.groupId === groupId);
    if (wasThere === leftThere) return NOTHING;
    if ((grant !== undefined) !== leftThere || grant?.source === 'manual') return leftOut('CHANGED_SINCE', groupId);
    const view = { groupId, source: 'sync' };
    const reversal: Reversal = leftThere
      ? { type: 'rollcall.membership.revoked', groupId, before: view, after: null }
      : { type: 'rollcall.membership.granted', groupId, before: null, after: view };
    return { reversals: [reversal], leftOut: [] };
  });
  return { reversals: parts.flatMap(({ reversals }) => reversals), leftOut: parts.flatMap((part) => part.leftOut) };
}

/** What the target did to one thing, and what undoing did to it afterwards. Nothing where the target did not touch it. */
function fromTarget(effects: readonly UndoableEffect[]): readonly UndoableEffect[] {
  const first = effects.findIndex(({ isTarget }) => isTarget);
  return first < 0 ? [] : effects.slice(first);
}

function leftOut(code: string, groupId: string | null = null): PersonReversal {
  return { reversals: [], leftOut: [{ groupId, code }] };
}
