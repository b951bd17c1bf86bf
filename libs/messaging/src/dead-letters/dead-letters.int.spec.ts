import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deadLetterTopic, silentLog, TOPICS } from '#contracts';
import type { Tx } from '#database';
import { withDatabase } from '#database/testing';
import { contractOrganisation, effectEvent } from '#messaging/testing';
import { messagingMigrations } from '../migrations/index.js';
import { buryInTransaction, type DeadLetterFact } from './bury.js';
import { listDeadLetters } from './list-dead-letters.js';
import { discardDeadLetter, replayDeadLetter, trimDeadLetters } from './settle-dead-letter.js';

const topic = TOPICS.provisioningEvents.name;
const group = 'notification';

describe('dead letters', () => {
  const database = withDatabase([messagingMigrations]);
  let offset = 0;

  async function bury(
    value: Buffer,
    lastAt = new Date(),
    onDeadLetter?: (tx: Tx, fact: DeadLetterFact) => Promise<void>,
    headers: Record<string, string> = { 'event-type': 'x' },
  ): Promise<void> {
    const record = { topic, partition: 0, offset: offset++, key: 'key', headers, value };
    const undeliverable = { record, error: new TypeError('x is undefined'), attempts: 5, firstAt: lastAt, lastAt };
    await buryInTransaction({ db: database.db, group, log: silentLog, onDeadLetter }, undeliverable);
  }
  const buryEvent = (n: number, lastAt?: Date) => bury(Buffer.from(JSON.stringify(effectEvent('key', n))), lastAt);
  const outbox = () =>
    database.db.query<{ topic: string; headers: Record<string, string>; value: Buffer }>(
      'SELECT topic, headers, value FROM messaging.outbox ORDER BY id',
    );
  const clear = async () => {
    await database.db.query('DELETE FROM messaging.outbox');
    await database.db.query('DELETE FROM messaging.dead_letters');
  };

  it('are stored with their reason, and handed to the dead-letter topic of the group as they came', async () => {
    await clear();
    await buryEvent(1);
    const { items } = await listDeadLetters(database.db, { organisationId: contractOrganisation, limit: 10 });
    expect(items).toMatchObject([
      {
        group,
        topic,
        reason: { code: 'TypeError', message: 'x is undefined' },
        attempts: 5,
        eventType: 'rollcall.account.updated',
      },
    ]);
    const [sent] = await outbox();
    expect(sent?.topic).toBe(deadLetterTopic(group, topic));
    expect(sent?.value.toString()).toBe(items[0]?.payload);
    expect(sent?.headers).toMatchObject({ 'reason-code': 'TypeError', attempts: '5', 'dead-letter-id': items[0]?.id });
  });

  it('stay one where the same record is buried again after a crash before its offset was committed', async () => {
    await clear();
    await buryEvent(1);
    offset--;
    const [first] = (await listDeadLetters(database.db, { limit: 10 })).items;
    await bury(Buffer.from(first?.payload ?? ''));
    const { items } = await listDeadLetters(database.db, { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([first?.id]);
  });

  it('keep bytes that are no text, without an organisation', async () => {
    await clear();
    await bury(Buffer.from([0, 255, 254]));
    const { items } = await listDeadLetters(database.db, { limit: 10 });
    expect(items).toMatchObject([{ organisationId: null, connectionId: null, eventId: null, eventType: null }]);
    expect((await listDeadLetters(database.db, { organisationId: contractOrganisation, limit: 10 })).items).toEqual([]);
  });

  it('are listed newest first, page by page', async () => {
    await clear();
    for (let n = 0; n < 5; n++) await buryEvent(n, new Date(Date.UTC(2026, 10, 23, 10, n)));
    const first = await listDeadLetters(database.db, { limit: 3 });
    const second = await listDeadLetters(database.db, { limit: 3, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ lastAt }) => lastAt.getUTCMinutes())).toEqual([4, 3, 2, 1, 0]);
    expect(second.nextCursor).toBeNull();
  });

  it('go back to their topic for the one group that could not take them, once', async () => {
    await clear();
    await buryEvent(1);
    const [letter] = (await listDeadLetters(database.db, { limit: 1 })).items;
    const decision = { id: letter?.id ?? '', organisationId: contractOrganisation, actor: 'alex' };
    expect(await database.db.transaction((tx) => replayDeadLetter(tx, decision))).toBe('settled');
    expect(await database.db.transaction((tx) => replayDeadLetter(tx, decision))).toBe('already-settled');
    const [, replayed, ...more] = await outbox();
    expect(more).toEqual([]);
    expect(replayed).toMatchObject({ topic, headers: { 'replayed-for-group': group, 'event-type': 'x' } });
    expect(replayed?.value.toString()).toBe(letter?.payload);
    expect((await listDeadLetters(database.db, { limit: 1 })).items).toEqual([]);
  });

  it('keep the place where they stood first, however often they are replayed', async () => {
    await clear();
    const at = offset;
    await buryEvent(1);
    const replay = async () => {
      const [letter] = (await listDeadLetters(database.db, { limit: 1 })).items;
      await database.db.transaction((tx) => replayDeadLetter(tx, { id: letter?.id ?? '', actor: 'alex' }));
      return (await outbox()).at(-1)!;
    };
    const first = await replay();
    expect(first.headers).toMatchObject({ 'replayed-from': `0:${at}` });
    await bury(first.value, new Date(), undefined, first.headers);
    expect((await replay()).headers).toMatchObject({ 'replayed-from': `0:${at}` });
  });

  it('of one organisation are out of reach of another (invariant 9)', async () => {
    await clear();
    await buryEvent(1);
    const [letter] = (await listDeadLetters(database.db, { limit: 1 })).items;
    const foreign = { id: letter?.id ?? '', organisationId: randomUUID(), actor: 'mallory' };
    expect(await database.db.transaction((tx) => discardDeadLetter(tx, foreign))).toBe('not-found');
    expect(await database.db.transaction((tx) => discardDeadLetter(tx, { ...foreign, id: 'no id' }))).toBe('not-found');
  });

  it('open a repair in the same transaction, and are stored even if that fails', async () => {
    await clear();
    const repairs: DeadLetterFact[] = [];
    await bury(Buffer.from('{"data":{"connectionId":"c"}}'), new Date(), async (_, fact) => void repairs.push(fact));
    expect(repairs).toMatchObject([{ group, topic, connectionId: 'c', payload: { data: { connectionId: 'c' } } }]);
    await bury(Buffer.from('{}'), new Date(), async (tx) => {
      await tx.query('SELECT 1 / 0');
    });
    expect((await listDeadLetters(database.db, { limit: 10 })).items).toHaveLength(2);
  });

  it('are forgotten long after they were settled, and never while they are open', async () => {
    await clear();
    await buryEvent(1);
    await buryEvent(2);
    const [letter] = (await listDeadLetters(database.db, { limit: 1 })).items;
    await database.db.transaction((tx) => discardDeadLetter(tx, { id: letter?.id ?? '', actor: 'alex' }));
    const inAYear = () => new Date(Date.now() + 365 * 24 * 60 * 60 * 1000);
    expect(await trimDeadLetters(database.db, () => new Date())).toBe(0);
    expect(await trimDeadLetters(database.db, inAYear)).toBe(1);
    expect((await listDeadLetters(database.db, { limit: 10 })).items).toHaveLength(1);
  });
});
