import { z } from 'zod';
import { entraIdSchema } from '#contracts';

/**
 * One item of a change or lifecycle notification, as far as we rely on it (Graph sheet 4.4, 4.6). Everything else of it is a hint at
 * most: what changed is read by delta. Lifecycle items may come to either address.
 */
export const notificationItemSchema = z.looseObject({
  subscriptionId: entraIdSchema,
  clientState: z.string().max(255),
  tenantId: entraIdSchema,
  lifecycleEvent: z.string().optional(),
  resource: z.string().optional(),
  resourceData: z.looseObject({ id: z.string().optional() }).nullish(),
});
export type NotificationItem = z.infer<typeof notificationItemSchema>;

const GROUP_IN_RESOURCE = /(?:^|\/)groups(?:\/|\(')([0-9a-f-]{36})/i;

/** The group that an item of a subscription on all groups is about; null where it does not say. */
export function groupIdOf({ resource, resourceData }: NotificationItem): string | null {
  const named = GROUP_IN_RESOURCE.exec(resource ?? '')?.[1] ?? resourceData?.id;
  const parsed = entraIdSchema.safeParse(named);
  return parsed.success ? parsed.data : null;
}
