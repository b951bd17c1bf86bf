import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '#contracts';
import { withDatabase } from '#database/testing';
import { ThrottledError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { WatchStage, type WatchedConnection } from '#watch/testing';
import { ChainReader } from '../chains/chain-reader.js';
import { watchMigrations } from '../migrations/index.js';
import { addPrincipals } from '../principals/add-principals.js';
import { PrincipalReader } from '../principals/principal-reader.js';
import { addRechecks } from '../rechecks/add-rechecks.js';
import { Rechecker } from '../rechecks/rechecker.js';
import type { WatchContext } from '../watch-context.js';

const database = withDatabase([messagingMigrations, watchMigrations]);
const group = randomUUID();

interface Line {
  readonly level: string;
  readonly fields: Record<string, unknown>;
}

describe('a failed read in the log', () => {
  let stage: WatchStage;
  let connection: WatchedConnection;
  let context: WatchContext;
  let lines: Line[];

  beforeEach(async () => {
    lines = [];
    const note = (level: string) => (fields: object) => void lines.push({ level, fields: { ...fields } });
    const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
    stage = new WatchStage(() => database.db);
    connection = await stage.watch([group]);
    context = stage.context({ log });
    const memberId = randomUUID();
    await database.db.transaction(async (tx) => {
      await addPrincipals(tx, connection.connectionId, [{ objectId: memberId, groupId: group }]);
      await addRechecks(tx, [
        { ...connection, kind: 'membership', groupId: group, memberId, reason: 'FLIPPED_BACK', dueAt: new Date() },
      ]);
    });
  });
  afterEach(() => stage.clear());

  /** As if every wait had passed. */
  async function passTime(): Promise<void> {
    await database.db.query(`UPDATE watch.watched_connections SET blocked_until = NULL`);
    await database.db.query(`UPDATE watch.chains SET retry_at = NULL`);
    await database.db.query(`UPDATE watch.principals SET retry_at = now() - interval '1 second'`);
    await database.db.query(`UPDATE watch.rechecks SET due_at = now() - interval '1 second'`);
  }

  describe.each([
    ['chains', () => new ChainReader(context).readOne()],
    ['the attributes of new people', () => new PrincipalReader(context).readOne()],
    ['rechecks', () => new Rechecker(context).checkOne()],
  ])('of %s', (_, read) => {
    const fail = async (error: Error) => {
      await passTime();
      stage.graph.nextError = error;
      expect(await read()).toBe(true);
    };

    it('is one calm line while Graph lets it wait, however often that is: code, connection, next try, and no stack', async () => {
      for (let n = 0; n < 3; n += 1) await fail(new ThrottledError('Graph asked to wait', { operation: 'x' }, 60_000));
      expect(lines.map(({ level }) => level)).toEqual(['info', 'debug', 'debug']);
      const { fields } = lines[0]!;
      expect(fields).toMatchObject({
        connectionId: connection.connectionId,
        code: 'THROTTLED',
        reason: 'Graph asked to wait',
        nextTryAt: expect.any(Date),
      });
      expect((fields['nextTryAt'] as Date).getTime()).toBeGreaterThan(Date.now() + 50_000);
      for (const line of lines) expect(Object.values(line.fields).filter((value) => value instanceof Error)).toEqual([]);
    });

    it('keeps its stack where nobody foresaw it, each time', async () => {
      const error = new TypeError('surprise');
      await fail(error);
      await fail(error);
      expect(lines).toMatchObject([
        { level: 'warn', fields: { connectionId: connection.connectionId, err: error } },
        { level: 'warn', fields: { err: error } },
      ]);
    });
  });
});
