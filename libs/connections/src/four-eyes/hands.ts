import type { Queryable } from '#database';
import type { Actor } from '../organisations/actor.js';

/** Somebody's hand in a thing that waits for a second person: `person:<member id>`, `token:…`, `system:…`. */
export interface Hand {
  readonly subject: string;
  readonly actor: string;
  readonly at: Date;
}

export type HandPart = 'changed' | 'approved';

export function actorText({ kind, id }: Pick<Actor, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

/** Remembers the actor's hand in each subject; the first time counts, a repetition changes nothing. */
export async function recordHands(
  db: Queryable,
  actor: Actor,
  part: HandPart,
  subjects: readonly string[],
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO connections.hands (organisation_id, subject, part, actor, at)
     SELECT $1, subject, $3, $4, $5 FROM unnest($2::text[]) subject ON CONFLICT DO NOTHING`,
    [actor.organisationId, subjects, part, actorText(actor), now],
  );
}

/** Every hand in these subjects, the earliest first. */
export async function findHands(
  db: Queryable,
  organisationId: string,
  part: HandPart,
  subjects: readonly string[],
): Promise<Hand[]> {
  if (subjects.length === 0) return [];
  return db.query<Hand>(
    `SELECT subject, actor, at FROM connections.hands
      WHERE organisation_id = $1 AND part = $2 AND subject = ANY ($3::text[]) ORDER BY at, actor`,
    [organisationId, part, subjects],
  );
}

const KEPT_DAYS = 90;

/** Forgets hands as old as the oldest plan that is kept; answers how many. */
export async function trimHands(db: Queryable, now: Date, maxRows = 5_000): Promise<number> {
  const rows = await db.query(
    `DELETE FROM connections.hands WHERE ctid IN (SELECT ctid FROM connections.hands WHERE at < $1 LIMIT $2) RETURNING 1`,
    [new Date(now.getTime() - KEPT_DAYS * 86_400_000), maxRows],
  );
  return rows.length;
}
