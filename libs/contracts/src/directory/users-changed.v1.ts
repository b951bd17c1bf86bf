import { z } from 'zod';
import { defineEvent } from '../envelope.js';
import { TOPICS } from '../topics.js';
import { entraId, itemVersionSchema, MAX_PAGE_ITEMS, pageHeaderSchema, planBindingSchema, roundSchema } from './page.js';

/** The attributes of a person that Rollcall reads (Graph sheet 2.4). `null`: Graph says that there is none. Absent: not read. */
export const userAttributesSchema = z.looseObject({
  displayName: z.string().nullable().optional(),
  givenName: z.string().nullable().optional(),
  surname: z.string().nullable().optional(),
  mail: z.string().nullable().optional(),
  userPrincipalName: z.string().nullable().optional(),
  otherMails: z.array(z.string()).optional(),
  accountEnabled: z.boolean().nullable().optional(),
  userType: z.string().nullable().optional(),
});
export type UserAttributes = z.infer<typeof userAttributesSchema>;

/**
 * `present`: Graph showed the person. `softDeleted`: delta says `@removed changed`, or they are in deletedItems.
 * `deleted`: gone for good, proven as invariant 4 says.
 */
export const userStateSchema = z.enum(['present', 'softDeleted', 'deleted']);

export const userItemSchema = z.looseObject({
  id: entraId,
  state: userStateSchema,
  /** Partial: an attribute that is absent keeps its last value. */
  attributes: userAttributesSchema.optional(),
  version: itemVersionSchema,
  /** Reported as gone and as there in the same delta round: read directly again (invariant 2b). */
  contradicted: z.boolean().optional(),
  plan: planBindingSchema.optional(),
});
export type UserItem = z.infer<typeof userItemSchema>;

export const usersChangedV1 = defineEvent({
  type: 'rollcall.directory.users.changed',
  topic: TOPICS.directoryChanges.name,
  data: pageHeaderSchema.extend({ users: z.array(userItemSchema).max(MAX_PAGE_ITEMS), round: roundSchema.optional() }),
});
export type UsersChangedV1 = z.infer<typeof usersChangedV1.data>;
