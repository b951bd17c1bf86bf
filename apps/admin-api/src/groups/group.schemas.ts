import { z } from 'zod';
import { rollcallIdSchema } from '#contracts';
import { pageQuery, pageSchema } from '../http/page.js';
import { reasonSchema } from '../http/schemas.js';

export const listGroupsQuery = z.strictObject({ ...pageQuery, connectionId: rollcallIdSchema.optional() });
export type ListGroupsQuery = z.output<typeof listGroupsQuery>;

export const groupSchema = z
  .object({
    id: z.string(),
    connectionId: rollcallIdSchema,
    displayName: z.string().nullable(),
    state: z.enum(['present', 'softDeleted', 'deleted', 'unwatched']),
    memberCount: z.int(),
  })
  .meta({ id: 'Group' });
export const groupPageSchema = pageSchema(groupSchema);

export const memberSchema = z
  .object({
    entraObjectId: z.string(),
    memberType: z.string(),
    accountId: rollcallIdSchema.nullable(),
    displayName: z.string().nullable(),
    status: z.enum(['inactive', 'active', 'deactivated']).nullable(),
    inDirectory: z.boolean(),
    granted: z.boolean(),
    kept: z.enum(['held', 'pinned']).nullable(),
    skipped: reasonSchema.nullable(),
  })
  .meta({ id: 'GroupMember' });
export type MemberAnswer = z.input<typeof memberSchema>;
export const memberPageSchema = pageSchema(memberSchema);
