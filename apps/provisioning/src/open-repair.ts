import { entraIdSchema, groupChangedV1, membershipsChangedV1, rollcallIdSchema, usersChangedV1 } from '#contracts';
import type { Tx } from '#database';
import { countBurials, type DeadLetterFact } from '#messaging';
import { addRechecks, requestBaselines } from '#watch';
import { z } from 'zod';

const ownedSchema = z.object({ organisationId: rollcallIdSchema, connectionId: rollcallIdSchema });
const groupPageSchema = z.object({ data: ownedSchema.extend({ groupId: entraIdSchema }) });
const usersPageSchema = z.object({ data: ownedSchema.extend({ users: z.array(z.object({ id: entraIdSchema })) }) });

/**
 * A page that no handler could take is not lost knowledge: its group is read as a whole by a run with reason `DEAD_LETTER`, or its
 * people are read directly. Bytes that do not even name them leave the repair to the next sweep and full sync.
 */
export async function openRepair(
  tx: Tx,
  { eventType, payload }: Pick<DeadLetterFact, 'eventType' | 'payload'>,
  now: Date,
): Promise<void> {
  if (eventType === membershipsChangedV1.type || eventType === groupChangedV1.type) {
    const page = groupPageSchema.safeParse(payload);
    if (page.success) await requestBaselines(tx, page.data.data, [page.data.data.groupId], 'DEAD_LETTER');
  }
  if (eventType === usersChangedV1.type) {
    const page = usersPageSchema.safeParse(payload);
    if (!page.success) return;
    const { users, organisationId, connectionId } = page.data.data;
    const owner = { organisationId, connectionId, kind: 'user', groupId: null } as const;
    const dueAt = new Date(now.getTime() + (await repairWait(tx, connectionId, now)));
    await addRechecks(
      tx,
      users.map(({ id }) => ({ ...owner, memberId: id, reason: 'DEAD_LETTER', dueAt })),
    );
  }
}

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MINUTES = 60;

/**
 * The first letter of a day is repaired at once. What was read anew may be just as poisonous and come back here, so each further one
 * waits twice as long, up to an hour: else one person whom no handler can take would be read, refused and buried without end.
 */
async function repairWait(tx: Tx, connectionId: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - 24 * 60 * MINUTE_MS);
  const earlier = (await countBurials(tx, { connectionId, eventType: usersChangedV1.type, since })) - 1;
  return earlier < 1 ? 0 : Math.min(2 ** (earlier - 1), LONGEST_WAIT_MINUTES) * MINUTE_MS;
}
