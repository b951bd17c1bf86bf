import { z } from 'zod';
import { rollcallIdSchema } from '#contracts';
import { channelNames, noticeKinds } from '#notices';
import { pageQuery, pageSchema } from '../http/page.js';
import { instantSchema } from '../http/schemas.js';

export const channelSchema = z.enum(channelNames);
export const noticeKindSchema = z.enum(noticeKinds);
/** Beside what rules govern: the daily digest, and the test of a channel. */
export const messageKindSchema = z.enum([...noticeKinds, 'digest', 'test']);
export const alertStateSchema = z.enum(['open', 'resolved']);

export const listNoticesQuery = z.strictObject({
  ...pageQuery,
  unread: z.stringbool().optional(),
  connectionId: rollcallIdSchema.optional(),
});
export type ListNoticesQuery = z.output<typeof listNoticesQuery>;

/** The newest notice that the page has shown: what came later stays unread. */
export const readAllBody = z.strictObject({ upToPosition: z.int().min(0) });
export type ReadAllBody = z.output<typeof readAllBody>;
export const readAllSchema = z.object({ count: z.int() });

/** Plain text; links are paths of the console, and open a page without acting. */
export const noticeContentSchema = z
  .object({
    title: z.string(),
    sentences: z.array(z.string()),
    facts: z.array(
      z.object({
        label: z.string(),
        value: z.string(),
        isInstant: z.literal(true).optional().describe('The value is an instant in ISO 8601.'),
      }),
    ),
    links: z.array(z.object({ label: z.string(), path: z.string() })),
  })
  .meta({ id: 'NoticeContent' });

export const noticeSchema = z
  .object({
    id: rollcallIdSchema,
    position: z.int(),
    connectionId: rollcallIdSchema.nullable(),
    kind: messageKindSchema,
    severity: z.enum(['info', 'problem', 'resolved']),
    content: noticeContentSchema,
    note: z.string().nullable(),
    createdAt: instantSchema,
    readAt: instantSchema.nullable(),
    alert: z
      .object({
        id: rollcallIdSchema,
        state: alertStateSchema,
        count: z.int(),
        updatedAt: z.string(),
        resolvedAt: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Notice' });
export type NoticeAnswer = z.input<typeof noticeSchema>;

/** With the number under the bell. */
export const noticePageSchema = pageSchema(noticeSchema).extend({ unread: z.int() });
export type NoticePage = z.input<typeof noticePageSchema>;

export const listAlertsQuery = z.strictObject({
  ...pageQuery,
  state: alertStateSchema.optional(),
  connectionId: rollcallIdSchema.optional(),
});
export type ListAlertsQuery = z.output<typeof listAlertsQuery>;

/** One per cause: it is updated while it is open, and ends with an all-clear. */
export const alertSchema = z
  .object({
    id: rollcallIdSchema,
    connectionId: rollcallIdSchema.nullable(),
    kind: noticeKindSchema,
    cause: z.string(),
    stage: z.string(),
    isUrgent: z.boolean(),
    state: alertStateSchema,
    count: z.int(),
    content: noticeContentSchema,
    openedAt: instantSchema,
    updatedAt: instantSchema,
    resolvedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Alert' });
export type AlertAnswer = z.input<typeof alertSchema>;
export const alertPageSchema = pageSchema(alertSchema);
