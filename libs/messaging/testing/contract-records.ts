import { TOPICS, type accountUpdatedV1, type Envelope } from '#contracts';
import type { Delivery, LogEngine, RecordBatch } from '#messaging';

const topic = TOPICS.provisioningEvents.name;

/** Reads as a process that dies right after: nothing is committed. */
export async function firstBatch(engine: LogEngine, group: string, key: string): Promise<RecordBatch> {
  const source = engine.source(group);
  const batch = await new Promise<RecordBatch>((resolve) => {
    source.start({
      topics: [topic],
      onBatch: async (batch) => {
        if (batch.records.some((record) => record.key === key)) resolve(batch);
        return { resumeAfterMs: 10 };
      },
    });
  });
  await source.stop();
  return batch;
}

export function remember(seen: Map<string, number[]>, { event }: Delivery<typeof accountUpdatedV1>, prefix: string): void {
  const key = keyOf(event);
  if (!key.startsWith(prefix)) return;
  const numbers = seen.get(key) ?? [];
  seen.set(key, numbers);
  if (numberOf(event) > (numbers.at(-1) ?? -1)) numbers.push(numberOf(event));
}

export function count(seen: ReadonlyMap<string, readonly number[]>): number {
  return [...seen.values()].reduce((sum, numbers) => sum + numbers.length, 0);
}

export function keyOf(event: Envelope): string {
  return event.partitionkey ?? '';
}

export function numberOf(event: Delivery<typeof accountUpdatedV1>['event']): number {
  return Number(event.data.after?.['n']);
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
