import { randomUUID } from 'node:crypto';
import { accountUpdatedV1, buildEvent, TOPICS, type CloudEvent } from '#contracts';
import type { OutboxRecord } from '#messaging';

export const contractOrganisation = '5f6b7c1e-0000-4000-8000-000000000001';
const connectionId = '5f6b7c1e-0000-4000-8000-000000000002';

/** A small fact: `n` rises per key, so a reader can tell a wrong order. */
export function effectEvent(key: string, n: number): CloudEvent<typeof accountUpdatedV1> {
  const id = randomUUID();
  return buildEvent(
    accountUpdatedV1,
    { id, source: '/rollcall/testing', key, time: new Date() },
    {
      organisationId: contractOrganisation,
      connectionId,
      accountId: randomUUID(),
      entraObjectId: randomUUID(),
      groupId: null,
      before: null,
      after: { key, n },
      cause: { kind: 'event', id },
      idempotencyKey: id,
    },
  );
}

export function recordFor(key: string, n: number): OutboxRecord {
  return { topic: TOPICS.provisioningEvents.name, key, event: effectEvent(key, n) };
}
