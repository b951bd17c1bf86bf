import { isProblemCode, PROBLEMS } from '#contracts';
import type { Tx } from '#database';
import type { Reaction } from '../decisions/decide-person.js';
import type { HeldWish } from '../decisions/effect-wish.js';
import type { HeldRow } from '../decisions/situation.js';
import type { FactVersion } from '../facts/version.js';
import type { EffectCause } from '../journal/effect.js';
import { noteOfVoid } from './note-of-void.js';

export interface NewHold extends HeldWish {
  readonly reaction: Reaction;
}

export interface HoldDifference {
  readonly opened: readonly NewHold[];
  /** Held changes that nothing wants any more. */
  readonly voided: readonly VoidedHold[];
}

export interface VoidedHold {
  readonly held: HeldRow;
  readonly reaction: Reaction;
}

/** What of a reaction's holds is new, and which open ones have lost their cause. Pure. */
export function compareHolds(reaction: Reaction): HoldDifference {
  const idOf = ({ action, groupId }: { readonly action: string; readonly groupId: string | null }) =>
    `${action}/${groupId ?? ''}`;
  const open = reaction.situation.held;
  const known = new Set(open.map(idOf));
  const wanted = new Set(reaction.held.map(idOf));
  return {
    opened: reaction.held.filter((wish) => !known.has(idOf(wish))).map((wish) => ({ ...wish, reaction })),
    voided: open.filter((held) => !wanted.has(idOf(held))).map((held) => ({ held, reaction })),
  };
}

/** Each names the version of the fact that caused it. */
export async function openHeldChanges(tx: Tx, holds: readonly NewHold[], now: Date, newId: () => string): Promise<void> {
  if (holds.length === 0) return;
  const rows = holds.map(({ reaction: { situation }, action, groupId, code }) => ({
    id: newId(),
    organisationId: situation.organisationId,
    connectionId: situation.connectionId,
    entraObjectId: situation.entraObjectId,
    accountId: situation.account?.id ?? null,
    action,
    groupId,
    code,
    message: messageOf(code),
    ...versionOf(situation, groupId),
  }));
  await tx.query(INSERT_HELD, [JSON.stringify(rows), now]);
}

/** Each keeps a note of why; by whom only where a person did it. */
export async function voidHeldChanges(
  tx: Tx,
  voided: readonly VoidedHold[],
  { cause }: Pick<EffectCause, 'cause'>,
  now: Date,
): Promise<void> {
  if (voided.length === 0) return;
  const ids = voided.map(({ held }) => held.id);
  const notes = voided.map(({ held, reaction }) => noteOfVoid(held, reaction, cause.kind));
  await tx.query(VOID, [ids, notes, now, cause.kind === 'person' ? cause.id : null]);
}

export function messageOf(code: string): string {
  return isProblemCode(code) ? PROBLEMS[code].title : code;
}

function versionOf(situation: Reaction['situation'], groupId: string | null): FactVersion {
  if (groupId === null) return situation.userVersion;
  return situation.memberships.find((membership) => membership.groupId === groupId)?.version ?? { readNo: 0, page: 0 };
}

const VOID = `
  UPDATE people.held_changes h SET state = 'void', note = v.note, closed_at = $3, closed_by = $4
    FROM unnest($1::uuid[], $2::text[]) AS v (id, note) WHERE h.id = v.id AND h.state = 'open'`;

const INSERT_HELD = `
  INSERT INTO people.held_changes (id, organisation_id, connection_id, group_id, entra_object_id, account_id, action, code, message,
         read_no, page, held_at)
  SELECT r."id", r."organisationId", r."connectionId", r."groupId", r."entraObjectId", r."accountId", r."action", r."code", r."message",
         r."readNo", r."page", $2
    FROM jsonb_to_recordset($1::jsonb) AS r ("id" uuid, "organisationId" uuid, "connectionId" uuid, "groupId" uuid, "entraObjectId" uuid,
         "accountId" uuid, "action" text, "code" text, "message" text, "readNo" bigint, "page" integer)
  ON CONFLICT DO NOTHING`;
