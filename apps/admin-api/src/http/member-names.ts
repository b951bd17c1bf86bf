import { z } from 'zod';
import { listMemberNames } from '#connections';
import type { Queryable } from '#database';

/** Whoever did something, by id and by name, also after they have left; null for whoever never was a member. */
export const namedMemberSchema = z.object({ id: z.string(), displayName: z.string().nullable() });
export type NamedMember = z.input<typeof namedMemberSchema>;

/** Names whoever is or was a member of an organisation by id; the kind that an actor's id may begin with is dropped. */
export async function memberNames(db: Queryable, organisationId: string): Promise<(actor: string) => NamedMember> {
  const names = new Map((await listMemberNames(db, organisationId)).map(({ id, displayName }) => [id, displayName]));
  return (actor) => {
    const id = actor.slice(actor.indexOf(':') + 1);
    return { id, displayName: names.get(id) ?? null };
  };
}
