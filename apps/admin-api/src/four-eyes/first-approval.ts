import { z } from 'zod';
import { listMembers, type Hand } from '#connections';
import type { Queryable } from '#database';
import { instantSchema } from '../http/schemas.js';

/** Who approved first where two people are needed: the second reads it. */
export const firstApprovalSchema = z
  .object({ by: z.object({ id: z.string(), displayName: z.string().nullable() }), at: instantSchema })
  .meta({ id: 'FirstApproval' });
export type FirstApproval = z.input<typeof firstApprovalSchema>;

/** By subject, the earliest hand, with the name of its member as far as there still is one. */
export async function presentFirstApprovals(
  db: Queryable,
  organisationId: string,
  hands: readonly Hand[],
): Promise<ReadonlyMap<string, FirstApproval>> {
  if (hands.length === 0) return new Map();
  const names = new Map((await listMembers(db, organisationId)).map(({ id, displayName }) => [id, displayName]));
  const first = new Map<string, FirstApproval>();
  for (const { subject, actor, at } of hands) {
    const id = actor.slice(actor.indexOf(':') + 1);
    if (!first.has(subject)) first.set(subject, { by: { id, displayName: names.get(id) ?? null }, at: at.toISOString() });
  }
  return first;
}
