import { z } from 'zod';
import { defineEvent } from '../envelope.js';
import { TOPICS } from '../topics.js';
import { entraId, pageHeaderSchema } from './page.js';

/**
 * The group object itself: renamed, soft-deleted, deleted for good, returned, or no longer watched (taken out of the scope).
 * A deleted group holds the removals that would follow; it never applies them (invariant 5).
 */
export const groupStateSchema = z.enum(['present', 'softDeleted', 'deleted', 'unwatched']);

export const groupChangedV1 = defineEvent({
  type: 'rollcall.directory.group.changed',
  topic: TOPICS.directoryChanges.name,
  data: pageHeaderSchema.extend({
    groupId: entraId,
    state: groupStateSchema,
    displayName: z.string().nullable().optional(),
  }),
});
export type GroupChangedV1 = z.infer<typeof groupChangedV1.data>;
