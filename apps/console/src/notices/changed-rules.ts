import type { NotificationRules } from '../api/types.js';

type Rules = NotificationRules['effective'];

/** The rules that differ, for a PUT that leaves the others as they are. The order of channels says nothing. Pure. */
export function changedRules(before: Rules, after: Rules): Rules {
  const same = (one: readonly string[], other: readonly string[]) => one.toSorted().join() === other.toSorted().join();
  return Object.fromEntries(
    Object.entries(after).filter(([kind, rule]) => {
      const old = before[kind];
      return old === undefined || !same(old.channels, rule.channels) || !same(old.recipients, rule.recipients);
    }),
  );
}
