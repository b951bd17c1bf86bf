import { findPolicies, type Actor } from '#connections';
import type { Queryable } from '#database';
import { ProblemError } from '../http/problem.js';

/** Where the organisation asks for it, only a Global Administrator of this very tenant connects it, as the sign-in's token said. */
export async function assertMayConnect(db: Queryable, actor: Actor, tenantId: string): Promise<void> {
  const { connectAsGlobalAdministrator } = await findPolicies(db, actor.organisationId);
  if (!connectAsGlobalAdministrator || actor.globalAdministratorOf === tenantId) return;
  const isElsewhere = actor.globalAdministratorOf !== undefined;
  throw new ProblemError(
    'GLOBAL_ADMINISTRATOR_NEEDED',
    isElsewhere
      ? `Your sign-in shows a Global Administrator of another tenant, not of ${tenantId}.`
      : 'Your sign-in shows no Global Administrator.',
  );
}
