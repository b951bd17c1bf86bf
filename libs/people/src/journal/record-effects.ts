import { buildEvent, effectEvents, type EffectType, type EventDefinition } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';
import { idempotencyKeyOf, type AccountEffect, type EffectCause } from './effect.js';

const DEFINITIONS = new Map<EffectType, EventDefinition>(effectEvents.map((definition) => [definition.type, definition]));

export interface RecordingTools {
  readonly now: Date;
  readonly newId: () => string;
}

/** Writes effects into the journal and the outbox in their order; entry and event are the same fact with the same id (invariant 7). */
export async function recordEffects(
  tx: Tx,
  effects: readonly AccountEffect[],
  { cause, runId, times }: EffectCause,
  tools: RecordingTools,
): Promise<void> {
  if (effects.length === 0) return;
  const entries = effects.map((effect) => ({ ...effect, id: tools.newId(), idempotencyKey: idempotencyKeyOf(effect) }));
  await tx.query(INSERT_ENTRIES, [
    JSON.stringify(entries),
    cause.kind,
    cause.id,
    runId,
    times.noticedAt,
    times.readAt,
    times.publishedAt,
    tools.now,
  ]);
  await enqueue(
    tx,
    entries.map((entry) => {
      const definition = definitionOf(entry.type);
      const { organisationId, connectionId, accountId, entraObjectId, groupId, before, after, idempotencyKey } = entry;
      return {
        topic: definition.topic,
        key: accountId,
        event: buildEvent(
          definition,
          { id: entry.id, source: '/rollcall/provisioning', key: accountId, time: tools.now, subject: accountId },
          { organisationId, connectionId, accountId, entraObjectId, groupId, before, after, cause, idempotencyKey },
        ),
      };
    }),
  );
}

function definitionOf(type: EffectType): EventDefinition {
  const definition = DEFINITIONS.get(type);
  if (definition === undefined) throw new Error(`no event definition for ${type}`);
  return definition;
}

const INSERT_ENTRIES = `
  INSERT INTO people.journal (id, organisation_id, connection_id, account_id, entra_object_id, group_id, type, before, after,
         idempotency_key, guard_group_ids, cause_kind, cause_id, run_id, noticed_at, read_at, published_at, applied_at)
  SELECT e."id", e."organisationId", e."connectionId", e."accountId", e."entraObjectId", e."groupId", e."type", e."before", e."after",
         e."idempotencyKey", e."guardGroupIds", $2, $3, $4, $5, $6, $7, $8
    FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS ("id" uuid, "organisationId" uuid, "connectionId" uuid, "accountId" uuid,
           "entraObjectId" uuid, "groupId" uuid, "type" text, "before" jsonb, "after" jsonb, "idempotencyKey" text,
           "guardGroupIds" uuid[])) WITH ORDINALITY AS e
   ORDER BY e.ordinality`;
