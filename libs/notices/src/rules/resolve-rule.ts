import type { NoticeKind } from '../kinds.js';
import { defaultRules, type Rule } from './rule.js';

export type RuleBook = Readonly<Partial<Record<NoticeKind, Rule>>>;

/** The connection's setting `notify.onRefresh`: recipients are members' ids or addresses. */
export interface OnRefresh {
  readonly recipients: readonly string[];
  readonly channels: Rule['channels'];
}

export interface RuleSources {
  readonly onRefresh: OnRefresh | null;
  readonly ofConnection: RuleBook;
  readonly ofOrganisation: RuleBook;
}

/** A rule as it holds; recipients may be addresses where they come from the connection's settings. */
export interface ResolvedRule {
  readonly recipients: readonly string[];
  readonly channels: Rule['channels'];
}

/** The nearest one holds: connection, organisation, built in. For `runFinished` the connection's setting `notify.onRefresh` comes first. */
export function resolveRule(kind: NoticeKind, { onRefresh, ofConnection, ofOrganisation }: RuleSources): ResolvedRule {
  if (kind === 'runFinished' && onRefresh !== null) return { ...onRefresh, channels: channelsOf(onRefresh) };
  return ofConnection[kind] ?? ofOrganisation[kind] ?? defaultRules[kind];
}

/** Switched on without naming a channel: under the bell. */
function channelsOf({ channels }: OnRefresh): Rule['channels'] {
  return channels.length === 0 ? ['inProduct'] : channels;
}
