import { isProblemCode, PROBLEMS, type UserAttributes } from '#contracts';
import type { Tx } from '#database';
import { applied, type HeldWish } from '../decisions/effect-wish.js';
import { decidePerson } from '../decisions/decide-person.js';
import { loadSituations } from '../decisions/load-situations.js';
import { RulesBook } from '../decisions/rules-book.js';
import type { Rules } from '../decisions/rules.js';
import type { Situation } from '../decisions/situation.js';
import type { PeopleContext } from '../context.js';
import type { UserState } from '../facts/decide-user-fact.js';
import type { FactVersion } from '../facts/version.js';
import { getAccount, type AccountView } from '../queries/list-accounts.js';
import { listActivity, type ActivityEntry } from '../queries/list-activity.js';
import { listStandingOrders, type OpenHold, type OpenPin } from './list-standing-orders.js';
import { traceRules, type RuleStep } from './trace-rules.js';

export interface ExplainedMembership {
  readonly groupId: string;
  readonly displayName: string | null;
  readonly present: boolean;
  readonly granted: boolean;
  /** How the person is in the group; nested paths come with nested groups. */
  readonly path: readonly string[];
  readonly version: FactVersion;
  readonly writtenBy: 'delta' | 'state';
  readonly noticedAt: Date | null;
  readonly changedAt: Date;
}

/** Everything that led to an account as it is, and what would happen now. */
export interface AccountExplanation {
  readonly account: AccountView;
  readonly revision: number;
  readonly person: { readonly state: UserState | null; readonly attributes: UserAttributes; readonly version: FactVersion };
  readonly groups: readonly ExplainedMembership[];
  readonly rules: readonly RuleStep[];
  /** Why the person is skipped or out, in words. */
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly pins: readonly OpenPin[];
  readonly holds: readonly OpenHold[];
  readonly journal: readonly ActivityEntry[];
  /** What the rules would do if nothing were held. Null where the connection is gone. */
  readonly now: WhatWouldHappen | null;
}

export interface WhatWouldHappen {
  readonly deactivate: string | null;
  readonly reactivate: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly grants: readonly string[];
  readonly revocations: readonly string[];
  readonly held: readonly HeldWish[];
}

const JOURNAL_LENGTH = 100;

/** Null where the organisation has no such account. Reads only; run it in a transaction for one picture of all. */
export async function explainAccount(
  tx: Tx,
  context: Pick<PeopleContext, 'connectionOf'>,
  organisationId: string,
  accountId: string,
): Promise<AccountExplanation | null> {
  const account = await getAccount(tx, organisationId, accountId);
  if (account === null) return null;
  const { connectionId, entraObjectId } = account;
  const [situation] = await loadSituations(tx, [{ connectionId, entraObjectId }], new Date());
  if (situation === undefined) return null;
  const known = await new RulesBook(tx, context).of(connectionId);
  const groups = await tx.query<ExplainedMembership>(MEMBERSHIPS, [connectionId, entraObjectId, accountId]);
  const { pins, holds } = await listStandingOrders(tx, connectionId, entraObjectId);
  const journal = await listActivity(tx, { organisationId, accountId, limit: JOURNAL_LENGTH });
  const code = account.statusReason ?? situation.skipCode;
  return {
    account,
    revision: situation.revision,
    person: { state: situation.userState, attributes: situation.attributes, version: situation.userVersion },
    groups: groups.map((group) => ({ ...group, path: [group.displayName ?? group.groupId] })),
    rules: known === null ? [] : traceRules(situation, known.rules),
    reason: code === null ? null : { code, message: isProblemCode(code) ? PROBLEMS[code].title : code },
    pins,
    holds,
    journal: journal.items,
    now: known === null ? null : whatWouldHappen(situation, known.rules),
  };
}

function whatWouldHappen(situation: Situation, rules: Rules): WhatWouldHappen {
  const { deactivate, reactivate, fields, grants, revocations, held } = decidePerson(situation, rules, () => applied);
  return { deactivate, reactivate, fields: { ...fields }, grants, revocations, held };
}

const MEMBERSHIPS = `
  SELECT m.group_id AS "groupId", g.display_name AS "displayName", m.present, r.account_id IS NOT NULL AS granted,
         jsonb_build_object('readNo', m.read_no, 'page', m.page) AS version, m.written_by AS "writtenBy",
         m.noticed_at AS "noticedAt", m.changed_at AS "changedAt"
    FROM people.memberships m
         LEFT JOIN people.groups g ON g.connection_id = m.connection_id AND g.group_id = m.group_id
         LEFT JOIN people.grants r ON r.account_id = $3 AND r.group_id = m.group_id
   WHERE m.connection_id = $1 AND m.member_id = $2
   ORDER BY m.present DESC, m.group_id`;
