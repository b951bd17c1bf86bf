import { z } from 'zod';
import type { Hand } from '#connections';
import type { Queryable } from '#database';
import { memberNames, namedMemberSchema } from '../http/member-names.js';
import { instantSchema } from '../http/schemas.js';

/** Who approved first where two people are needed: the second reads it. */
export const firstApprovalSchema = z.object({ by: namedMemberSchema, at: instantSchema }).meta({ id: 'FirstApproval' });
export type FirstApproval = z.input<typeof firstApprovalSchema>;

/** By subject, the earliest hand, with the name of its member as far as there still is one. */
export async function presentFirstApprovals(
  db: Queryable,
  organisationId: string,
  hands: readonly Hand[],
): Promise<ReadonlyMap<string, FirstApproval>> {
  if (hands.length === 0) return new Map();
  const nameOf = await memberNames(db, organisationId);
  const first = new Map<string, FirstApproval>();
  for (const { subject, actor, at } of hands) {
    if (!first.has(subject)) first.set(subject, { by: nameOf(actor), at: at.toISOString() });
  }
  return first;
}
