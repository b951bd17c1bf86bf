import { z } from 'zod';
import { defineEvent } from '../envelope.js';
import { TOPICS } from '../topics.js';
import { entraId, itemVersionSchema, MAX_PAGE_ITEMS, pageHeaderSchema, planBindingSchema, roundSchema } from './page.js';

export const memberTypeSchema = z.enum(['user', 'group', 'device', 'orgContact', 'servicePrincipal', 'unknown']);
export type MemberType = z.infer<typeof memberTypeSchema>;

export const membershipItemSchema = z.looseObject({
  memberId: entraId,
  memberType: memberTypeSchema,
  change: z.enum(['added', 'removed']),
  version: itemVersionSchema,
  /** Reported as added and as removed in the same delta round: read directly again (invariant 2b). */
  contradicted: z.boolean().optional(),
  plan: planBindingSchema.optional(),
});
export type MembershipItem = z.infer<typeof membershipItemSchema>;

export const membershipsChangedV1 = defineEvent({
  type: 'rollcall.directory.memberships.changed',
  topic: TOPICS.directoryChanges.name,
  data: pageHeaderSchema.extend({
    groupId: entraId,
    items: z.array(membershipItemSchema).max(MAX_PAGE_ITEMS),
    round: roundSchema.optional(),
  }),
});
export type MembershipsChangedV1 = z.infer<typeof membershipsChangedV1.data>;
