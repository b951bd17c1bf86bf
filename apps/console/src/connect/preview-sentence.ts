import type { Preview } from '../api/types.js';
import { formatNumber, people } from '../format/counts.js';

/** "25 people in the groups: 25 new, 0 skipped." Pure. */
export function previewSentence({ counts, complete }: Pick<Preview, 'counts' | 'complete'>): string {
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
  const cut = complete ? '' : ' A group could not be read to its end: there are more.';
  return `${people(counts.people)} in the groups: ${parts.join(', ')}.${cut}`;
}
