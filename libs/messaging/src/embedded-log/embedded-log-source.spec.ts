import { expect, it } from 'vitest';
import { silentLog } from '#contracts';
import type { Database } from '#database';
import { eventually } from '#test/eventually';
import { EmbeddedLogSource } from './embedded-log-source.js';

const topic = 'provisioning.events.v1';
const record = (offset: number) => ({ topic, partition: 0, offset, key: 'k', headers: {}, value: Buffer.from('{}') });

/** Resolved from outside. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

it('does not hand on again what was drained while it asked how far behind it is', async () => {
  const [work, answer] = [gate(), gate()];
  let position = 0;
  let questions = 0;
  let nudge = () => {};
  const query = async (sql: string, params: unknown[]): Promise<unknown[]> => {
    if (sql.includes('INSERT INTO messaging.log_positions')) {
      position = params[3] as number;
      return [];
    }
    if (sql.includes('messaging.log_records')) return [0, 1].slice(params[2] as number).map(record);
    questions += 1;
    const lag = position < 2 ? [{ topic, partition: 0, nextOffset: position, endOffset: 2 }] : [];
    // The second answer is as old as its question, and comes when the records are done.
    if (questions === 2) await answer.opened;
    return lag;
  };
  const handed: number[] = [];
  const source = new EmbeddedLogSource({
    db: { query } as unknown as Database,
    listener: {
      on: (_channel, listener) => {
        nudge = () => listener('');
        return () => {};
      },
    },
    log: silentLog,
    group: 'test',
  });
  source.start({
    topics: [topic],
    onBatch: async ({ records, commit }) => {
      handed.push(...records.map(({ offset }) => offset));
      await work.opened;
      await commit(2);
      return { resumeAfterMs: 0 };
    },
  });
  await eventually(() => expect(handed).toEqual([0, 1]));
  nudge();
  await eventually(() => expect(questions).toBe(2));
  work.open();
  await eventually(() => expect(position).toBe(2));
  answer.open();
  await eventually(() => expect(questions).toBeGreaterThan(2));
  await source.stop();
  expect(handed).toEqual([0, 1]);
});
