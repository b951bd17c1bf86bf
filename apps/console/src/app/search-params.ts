import type { AccountStatus, PlannedAction, PlanDecision } from '../api/types.js';

/** The states of pages as their addresses say them. Whatever else stands in an address is dropped: anybody can type one. */
type Search = Record<string, unknown>;

export interface ConnectionSearch {
  readonly connectionId?: string | undefined;
}

export interface PeopleSearch extends ConnectionSearch {
  readonly q?: string | undefined;
  readonly status?: AccountStatus | undefined;
  readonly group?: string | undefined;
}

export interface ActivitySearch extends ConnectionSearch {
  readonly account?: string | undefined;
  readonly cause?: string | undefined;
}

export interface HeldSearch extends ConnectionSearch {
  readonly groupId?: string | undefined;
}

export interface PlanSearch {
  readonly action?: PlannedAction | undefined;
  readonly decision?: PlanDecision | undefined;
  readonly group?: string | undefined;
  readonly field?: string | undefined;
  readonly q?: string | undefined;
}

export const settingsTabs = ['strategy', 'notifications', 'filters'] as const;
export type SettingsTab = (typeof settingsTabs)[number];

export const compareSides = ['onlyInEntra', 'different', 'onlyHere'] as const;
export type CompareSide = (typeof compareSides)[number];

export const plannedActions = ['create', 'update', 'deactivate', 'reactivate', 'grant', 'revoke', 'skip'] as const;

export const connectionSearch = (search: Search): ConnectionSearch => ({ connectionId: textOf(search['connectionId']) });

export const stepSearch = (search: Search): { readonly step?: string | undefined } => ({ step: textOf(search['step']) });

export const tabSearch = (search: Search): { readonly tab?: SettingsTab | undefined } => ({
  tab: choiceOf(search['tab'], settingsTabs),
});

export const compareSearch = (search: Search): { readonly side?: CompareSide | undefined } => ({
  side: choiceOf(search['side'], compareSides),
});

export const findSearch = (search: Search): ConnectionSearch & { readonly q?: string | undefined } => ({
  ...connectionSearch(search),
  q: textOf(search['q']),
});

export const peopleSearch = (search: Search): PeopleSearch => ({
  ...connectionSearch(search),
  q: textOf(search['q']),
  status: choiceOf(search['status'], ['inactive', 'active', 'deactivated']),
  group: textOf(search['group']),
});

export const activitySearch = (search: Search): ActivitySearch => ({
  ...connectionSearch(search),
  account: textOf(search['account']),
  cause: textOf(search['cause']),
});

export const heldSearch = (search: Search): HeldSearch => ({ ...connectionSearch(search), groupId: textOf(search['groupId']) });

export const planSearch = (search: Search): PlanSearch => ({
  action: choiceOf(search['action'], plannedActions),
  decision: choiceOf(search['decision'], ['apply', 'skip']),
  group: textOf(search['group']),
  field: textOf(search['field']),
  q: textOf(search['q']),
});

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function choiceOf<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === value);
}

/** Whether an address asks for less than everything. */
export function isNarrowed(search: object): boolean {
  return Object.values(search as Record<string, unknown>).some((value) => value !== undefined);
}
