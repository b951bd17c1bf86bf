import type { DirectoryView } from '../tenant/directory-view.js';
import { typeNameOf, type Presented } from '../odata/select.js';

/** What happened to one member in a round; `both`: came and went, whichever was last. */
export interface MemberEvent {
  readonly handle: number;
  readonly isMember: boolean;
  readonly both: boolean;
}

/** Elements of `members@delta`. The reason is `deleted` for a member who left as for one who was deleted. */
export function presentMemberEvents(view: DirectoryView, events: readonly MemberEvent[], tellBoth: boolean): Presented[] {
  return events.flatMap((event) => {
    const object = view.object(event.handle);
    if (!object) return [];
    const present: Presented = { '@odata.type': typeNameOf(object), id: object.id };
    const removed: Presented = { ...present, '@removed': { reason: 'deleted' } };
    if (event.both && tellBoth) return event.isMember ? [removed, present] : [present, removed];
    return [event.isMember ? present : removed];
  });
}
