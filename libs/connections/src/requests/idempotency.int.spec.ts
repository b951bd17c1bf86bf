import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  claimIdempotencyKey,
  connectionsMigrations,
  keepAnswer,
  releaseIdempotencyKey,
  type IdempotentRequest,
} from '#connections';
import { withDatabase } from '#database/testing';

const database = withDatabase([connectionsMigrations]);
const now = new Date('2026-05-01T12:00:00Z');
const request = (content: unknown = { name: 'a', clientSecret: 's3cret' }): IdempotentRequest => ({
  organisationId: randomUUID(),
  key: 'k-1',
  content,
});

describe('idempotency keys', () => {
  it('give the work to one of many equal requests, and its answer to all that come later', async () => {
    const twin = request();
    const claims = await Promise.all([1, 2, 3, 4].map(() => claimIdempotencyKey(database.db, twin, now)));
    expect(claims.map(({ kind }) => kind).sort()).toEqual(['inFlight', 'inFlight', 'inFlight', 'new']);
    await keepAnswer(database.db, twin, { status: 201, body: { id: 'x' } });
    expect(await claimIdempotencyKey(database.db, twin, now)).toEqual({
      kind: 'answered',
      answer: { status: 201, body: { id: 'x' } },
    });
  });

  it('refuse another content under the same key, and keep nothing of the content but a hash (invariant 10)', async () => {
    const first = request();
    await claimIdempotencyKey(database.db, first, now);
    await expect(claimIdempotencyKey(database.db, { ...first, content: 'other' }, now)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const [dump] = await database.db.query<{ text: string }>(
      'SELECT json_agg(k)::text AS text FROM connections.idempotency_keys k',
    );
    expect(dump!.text).not.toContain('s3cret');
  });

  it('are free again after a failure, after a process died with them, and after a day', async () => {
    const failed = request();
    await claimIdempotencyKey(database.db, failed, now);
    await releaseIdempotencyKey(database.db, failed);
    expect(await claimIdempotencyKey(database.db, failed, now)).toEqual({ kind: 'new' });
    expect(await claimIdempotencyKey(database.db, failed, new Date('2026-05-01T12:02:01Z'))).toEqual({ kind: 'new' });
    await keepAnswer(database.db, failed, { status: 201, body: null });
    expect(await claimIdempotencyKey(database.db, failed, new Date('2026-05-02T12:02:02Z'))).toEqual({ kind: 'new' });
  });

  it('of one organisation say nothing to another (invariant 9)', async () => {
    const mine = request();
    await claimIdempotencyKey(database.db, mine, now);
    expect(await claimIdempotencyKey(database.db, { ...mine, organisationId: randomUUID() }, now)).toEqual({ kind: 'new' });
  });
});
