export const plannedActions = ['create', 'update', 'deactivate', 'reactivate', 'grant', 'revoke', 'skip'] as const;
export type PlannedAction = (typeof plannedActions)[number];

/** One line of a plan before it is stored: an effect that provisioning would have, or that somebody is skipped and why. */
export interface PlanItem {
  readonly action: PlannedAction;
  readonly groupId: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly code: string | null;
}

export function isRemoval(action: PlannedAction): boolean {
  return action === 'revoke' || action === 'deactivate';
}
