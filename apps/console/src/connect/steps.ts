import { checkId, checkIdPair, checkSecret } from './check-entries.js';
import type { Draft } from './draft.js';

/** The steps, in the order in which it is done in Entra. */
export const steps = [
  { key: 'start', title: 'Before you start' },
  { key: 'application', title: 'Register the application' },
  { key: 'secret', title: 'Client secret' },
  { key: 'permissions', title: 'Permissions' },
  { key: 'groups', title: 'Groups' },
  { key: 'preview', title: 'Preview' },
  { key: 'save', title: 'Save' },
] as const;

export type StepKey = (typeof steps)[number]['key'];

/** The first step that is not done yet; whoever opens a later one is led back to it. Pure. */
export function firstOpenStep(draft: Draft, secret: string): StepKey {
  const { tenantId, clientId } = draft;
  if (checkId(tenantId, '') !== null || checkId(clientId, '') !== null || checkIdPair(tenantId, clientId) !== null) {
    return 'application';
  }
  if (checkSecret(secret) !== null) return 'secret';
  return hasScope(draft) ? 'save' : 'groups';
}

/** Whether anybody would come. Pure. */
export function hasScope({ everybody, groups }: Pick<Draft, 'everybody' | 'groups'>): boolean {
  return everybody || groups.length > 0;
}

/** The step to show for an address: the one asked for, unless an earlier one is open. */
export function stepFor(asked: string | undefined, draft: Draft, secret: string): StepKey {
  const index = steps.findIndex(({ key }) => key === asked);
  if (index <= 0) return 'start';
  const open = steps.findIndex(({ key }) => key === firstOpenStep(draft, secret));
  return steps[Math.min(index, open)]?.key ?? 'start';
}
