import type { StoredDelivery } from '#notices';
import type { DeliveryAnswer } from './delivery.schemas.js';

export function presentDelivery(delivery: StoredDelivery): DeliveryAnswer {
  const { position: _, nextAttemptAt, createdAt, settledAt, attempts, ...rest } = delivery;
  return {
    ...rest,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
    attempts: attempts.map(({ at, ...attempt }) => ({ ...attempt, at: new Date(at).toISOString() })),
  };
}
