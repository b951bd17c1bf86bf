export type SubscriptionPurpose = 'group' | 'groups' | 'users';

export interface WantedSubscription {
  readonly purpose: SubscriptionPurpose;
  readonly groupId: string | null;
  readonly resource: string;
}

export interface DesiredSubscriptions {
  readonly mode: 'perGroup' | 'perTenant';
  readonly wanted: readonly WantedSubscription[];
}

/** Subscriptions that one connection may hold; Graph's quota is 100 per application and tenant (sheet 4.7), and others use it too. */
export const SUBSCRIPTION_BUDGET = 50;

/**
 * One subscription per watched group and one on people, as long as they fit the budget and Graph's quota; else one on all groups,
 * whose notifications about others are dropped in memory.
 */
export function desiredSubscriptions(
  groupIds: readonly string[],
  { budget = SUBSCRIPTION_BUDGET, perGroupRefused = false }: { budget?: number; perGroupRefused?: boolean } = {},
): DesiredSubscriptions {
  const users: WantedSubscription = { purpose: 'users', groupId: null, resource: '/users' };
  if (groupIds.length + 1 > budget || perGroupRefused) {
    return { mode: 'perTenant', wanted: [{ purpose: 'groups', groupId: null, resource: '/groups' }, users] };
  }
  const perGroup = groupIds.map((groupId) => ({ purpose: 'group' as const, groupId, resource: `/groups/${groupId}` }));
  return { mode: 'perGroup', wanted: [...perGroup, users] };
}
