import { accountUpdatedV1, silentLog } from '#contracts';
import type { Database } from '#database';
import { Consumer, type LogEngine, type RegisteredHandler } from '#messaging';
import type { effectEvent } from './events.js';

/** A consumer of `effectEvent`s that remembers the numbers of each key in the order in which they came, repeats included. */
export class Collector {
  readonly seen = new Map<string, number[]>();
  readonly consumer: Consumer;

  constructor(options: { engine: LogEngine; db: Database; group: string }) {
    const remember: RegisteredHandler = {
      name: 'Remember',
      definition: accountUpdatedV1,
      handle: async ({ event }) => {
        const { partitionkey = '', data } = event as ReturnType<typeof effectEvent>;
        this.seen.set(partitionkey, [...(this.seen.get(partitionkey) ?? []), Number(data.after?.['n'])]);
      },
    };
    this.consumer = new Consumer({ ...options, events: [accountUpdatedV1], handlers: [remember], log: silentLog });
    this.consumer.start();
  }

  get keys(): number {
    return this.seen.size;
  }
}

/** What a reader keeps that drops every number that it had already, as ours do by version. */
export function withoutRepeats(numbers: readonly number[]): number[] {
  let highest = -1;
  return numbers.filter((number) => {
    const isNew = number > highest;
    if (isNew) highest = number;
    return isNew;
  });
}
