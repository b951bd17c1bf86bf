import { obstacleOf, type Entries } from './obstacle.js';

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

/** The step to show for an address: the one asked for, unless something is in the way at an earlier one. Pure. */
export function stepFor(asked: string | undefined, entries: Entries): StepKey {
  const index = steps.findIndex(({ key }) => key === asked);
  const until = steps.slice(0, Math.max(index, 0));
  return until.find(({ key }) => obstacleOf(key, entries) !== null)?.key ?? steps[Math.max(index, 0)]?.key ?? 'start';
}
