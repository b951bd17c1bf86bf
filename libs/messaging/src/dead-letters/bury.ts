import { deadLetterTopic, isCodedError, toStorable, type Log } from '#contracts';
import { onlyRow, type Database, type Tx } from '#database';
import { z } from 'zod';
import { classifyFailure } from '../classify-failure.js';
import type { Undeliverable } from '../consumer/record-processor.js';
import type { DeadLetterTopicName, LogRecord } from '../log-engine.js';
import { enqueueRaw } from '../outbox/enqueue.js';

/** What is known of a dead letter when it is stored. Ids are null where the bytes do not tell them. */
export interface DeadLetterFact {
  readonly id: string;
  readonly group: string;
  readonly topic: string;
  readonly key: string;
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly organisationId: string | null;
  readonly connectionId: string | null;
  readonly reason: { readonly code: string; readonly message: string };
  /** The event as far as it is JSON, unchecked. */
  readonly payload: unknown;
}

export interface BurialOptions {
  readonly db: Database;
  readonly group: string;
  readonly log: Log;
  readonly onDeadLetter: ((tx: Tx, fact: DeadLetterFact) => Promise<void>) | undefined;
}

/**
 * Stores a record that no handler could take, hands it to `<group>.<topic>.dead-letter`, and opens its repair, in one transaction.
 * A repair that fails for its own reasons is left out: the letter itself must always find its place.
 */
export async function buryInTransaction(options: BurialOptions, undeliverable: Undeliverable): Promise<void> {
  const { db, group, log, onDeadLetter } = options;
  try {
    await db.transaction(async (tx) => {
      const fact = await bury(tx, group, undeliverable);
      await onDeadLetter?.(tx, fact);
    });
  } catch (error) {
    if (onDeadLetter === undefined || classifyFailure(error) === 'delay') throw error;
    log.error({ err: error, group, topic: undeliverable.record.topic }, 'the repair of a dead letter could not be opened');
    await db.transaction((tx) => bury(tx, group, undeliverable));
  }
}

/** A record that comes again, because its offset was not committed after the burial, stays one letter. */
async function bury(tx: Tx, group: string, undeliverable: Undeliverable): Promise<DeadLetterFact> {
  const { record, attempts, firstAt, lastAt } = undeliverable;
  const seen = inspect(record.value);
  const reason = reasonOf(undeliverable.error);
  const { id } = onlyRow(
    await tx.query<{ id: string }>(
      `INSERT INTO messaging.dead_letters (organisation_id, connection_id, consumer_group, topic, partition, "offset", key, headers,
              value, event_id, event_type, reason_code, reason_message, attempts, first_at, last_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13, $14, $15, $16)
       ON CONFLICT (consumer_group, topic, partition, "offset", (coalesce(event_id, ''))) DO UPDATE
          SET value = excluded.value, headers = excluded.headers, reason_code = excluded.reason_code,
              reason_message = excluded.reason_message, attempts = excluded.attempts, last_at = excluded.last_at,
              state = 'open', settled_by = NULL, settled_at = NULL
       RETURNING id`,
      [
        seen.organisationId,
        seen.connectionId,
        group,
        record.topic,
        record.partition,
        record.offset,
        toStorable(record.key),
        JSON.stringify(storableHeaders(record)),
        record.value,
        seen.eventId,
        seen.eventType,
        reason.code,
        reason.message,
        attempts,
        firstAt,
        lastAt,
      ],
    ),
  );
  await enqueueRaw(tx, [
    {
      topic: deadLetterTopic(group, record.topic) as DeadLetterTopicName,
      key: toStorable(record.key),
      value: record.value,
      headers: {
        ...storableHeaders(record),
        'dead-letter-id': id,
        'reason-code': reason.code,
        'reason-message': reason.message,
        attempts: String(attempts),
        'first-at': firstAt.toISOString(),
        'last-at': lastAt.toISOString(),
      },
    },
  ]);
  return { id, group, topic: record.topic, key: record.key, reason, ...seen };
}

const MAX_REASON_LENGTH = 2_000;

function reasonOf(error: unknown): { code: string; message: string } {
  const code = isCodedError(error) ? error.code : error instanceof Error ? error.name : 'UNKNOWN';
  const message = error instanceof Error ? error.message : String(error);
  return { code: toStorable(code), message: toStorable(message).slice(0, MAX_REASON_LENGTH) };
}

const textOrNull = z.string().transform(toStorable).nullable().catch(null);
const glance = z.object({
  id: textOrNull,
  type: textOrNull,
  data: z.object({ organisationId: textOrNull, connectionId: textOrNull }).catch({ organisationId: null, connectionId: null }),
});

/** As much as the bytes tell; they need not be an event at all. */
function inspect(value: Buffer): Pick<DeadLetterFact, 'eventId' | 'eventType' | 'organisationId' | 'connectionId' | 'payload'> {
  let payload: unknown = null;
  try {
    payload = JSON.parse(value.toString('utf8'));
  } catch {
    // Not JSON: kept as bytes, and nothing is known of it.
  }
  const seen = glance.safeParse(payload);
  if (!seen.success) return { eventId: null, eventType: null, organisationId: null, connectionId: null, payload };
  return { eventId: seen.data.id, eventType: seen.data.type, ...seen.data.data, payload };
}

function storableHeaders({ headers }: LogRecord): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [toStorable(name), toStorable(value)]));
}
