import type { RunSummary } from '../api/types.js';
import { counted, people } from '../format/counts.js';

/** "2 groups equal, 1 group different (3 people), 1 group not read". Pure. */
export function proofSentence({ equal, different, unread, differing }: NonNullable<RunSummary['proof']>): string {
  const parts = [
    equal > 0 && `${counted(equal, 'group')} equal`,
    different > 0 && `${counted(different, 'group')} different (${people(differing)})`,
    unread > 0 && `${counted(unread, 'group')} not read`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}
