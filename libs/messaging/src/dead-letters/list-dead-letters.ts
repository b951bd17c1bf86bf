import { z } from 'zod';
import { ListCursors, rollcallIdSchema } from '#contracts';
import type { Queryable } from '#database';

export interface DeadLetter {
  readonly id: string;
  /** Null where the bytes did not tell. */
  readonly organisationId: string | null;
  readonly connectionId: string | null;
  readonly group: string;
  readonly topic: string;
  readonly key: string;
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly reason: { readonly code: string; readonly message: string };
  readonly attempts: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The record as text; what is not UTF-8 shows replacement characters. */
  readonly payload: string;
}

export interface DeadLetterQuery {
  /** Left out only by operators who may see every organisation. */
  readonly organisationId?: string;
  readonly connectionId?: string;
  /** From `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly limit: number;
}

type Row = Omit<DeadLetter, 'reason' | 'payload'> & { reasonCode: string; reasonMessage: string; value: Buffer };

const cursors = new ListCursors('dead letters', z.tuple([z.iso.datetime(), rollcallIdSchema]));

/** What waits for a decision, newest first. */
export async function listDeadLetters(
  db: Queryable,
  { organisationId, connectionId, cursor, limit }: DeadLetterQuery,
): Promise<{ items: DeadLetter[]; nextCursor: string | null }> {
  const [lastAt, afterId] = cursors.decode(cursor) ?? [null, null];
  const rows = await db.query<Row>(
    `SELECT id, organisation_id AS "organisationId", connection_id AS "connectionId", consumer_group AS "group", topic, key,
            event_id AS "eventId", event_type AS "eventType", reason_code AS "reasonCode", reason_message AS "reasonMessage",
            attempts, first_at AS "firstAt", last_at AS "lastAt", value
       FROM messaging.dead_letters
      WHERE state = 'open'
        AND ($1::text IS NULL OR organisation_id = $1)
        AND ($2::text IS NULL OR connection_id = $2)
        AND ($3::timestamptz IS NULL OR (last_at, id) < ($3, $4::uuid))
      ORDER BY last_at DESC, id DESC
      LIMIT $5`,
    [organisationId ?? null, connectionId ?? null, lastAt, afterId, limit + 1],
  );
  const items = rows.slice(0, limit).map(present);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? cursors.encode([last.lastAt.toISOString(), last.id]) : null,
  };
}

function present({ reasonCode, reasonMessage, value, ...row }: Row): DeadLetter {
  return { ...row, reason: { code: reasonCode, message: reasonMessage }, payload: value.toString('utf8') };
}
