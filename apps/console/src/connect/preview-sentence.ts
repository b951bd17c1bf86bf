import type { Preview } from '../api/types.js';
import { formatNumber, people } from '../format/counts.js';
import { EVERYBODY } from '../format/everybody.js';

/** "25 people in the groups: 25 new, 0 skipped." Pure. */
export function previewSentence({ counts, complete, groups }: Pick<Preview, 'counts' | 'complete' | 'groups'>): string {
  const parts = (
    [
      ['new', counts.create],
      ['coming back', counts.reactivate],
      ['changed', counts.update],
      ['deactivated', counts.deactivate],
      ['unchanged', counts.unchanged],
      ['skipped', counts.skip],
    ] as const
  )
    .filter(([name, count]) => count > 0 || name === 'new')
    .map(([name, count]) => `${formatNumber(count)} ${name}`);
  const place = groups.some(({ id }) => id === EVERYBODY) ? 'tenant' : 'groups';
  const cut = complete ? '' : ` The ${place} could not be read to the end: there are more.`;
  return `${people(counts.people)} in the ${place}: ${parts.join(', ')}.${cut}`;
}
