import { Inject, Injectable } from '@nestjs/common';
import {
  findOrganisation,
  findPolicies,
  FIRST_MEMBER_ID,
  listMembers,
  patchOrganisation,
  type Actor,
  type OrganisationPatch,
} from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { ProblemError } from '../http/problem.js';
import type { OrganisationAnswer, PatchOrganisationBody } from './organisation.schemas.js';

/** The organisation's name, time zone and policies. */
@Injectable()
export class OrganisationDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async get({ organisationId }: Actor): Promise<OrganisationAnswer> {
    const { db, identityProvider } = this.services;
    const organisation = await findOrganisation(db, organisationId);
    if (organisation === null) throw new ProblemError('NOT_FOUND', 'The organisation is gone.');
    return { ...organisation, ...(await findPolicies(db, organisationId)), identityProvider: identityProvider !== null };
  }

  async patch(actor: Actor, body: PatchOrganisationBody): Promise<OrganisationAnswer> {
    const patch = Object.fromEntries(
      Object.entries<unknown>(body).filter(([, value]) => value !== undefined),
    ) as OrganisationPatch;
    await this.services.db.transaction(async (tx) => {
      const before = await findPolicies(tx, actor.organisationId);
      if (patch.fourEyesOnRemovals === true && !before.fourEyesOnRemovals) await this.assertTwoPeople(actor);
      if (patch.connectAsGlobalAdministrator === true && !before.connectAsGlobalAdministrator) assertIsOne(actor);
      await patchOrganisation(tx, actor, patch);
    });
    return this.get(actor);
  }

  /** Else nothing that holds a removal could be approved any more. */
  private async assertTwoPeople({ organisationId }: Actor): Promise<void> {
    const members = await listMembers(this.services.db, organisationId);
    const people = members.filter(({ id, role }) => role === 'superAdmin' && id !== FIRST_MEMBER_ID);
    if (people.length >= 2) return;
    throw new ProblemError('CONFLICT', 'Four eyes need two super admins who have signed in as themselves; there are fewer.');
  }
}

/** Whoever switches it on shows that tokens carry the role here: else nobody could connect a tenant any more. */
function assertIsOne({ globalAdministratorOf }: Actor): void {
  if (globalAdministratorOf !== undefined) return;
  throw new ProblemError(
    'GLOBAL_ADMINISTRATOR_NEEDED',
    'This can be switched on only by somebody whose own sign-in shows a Global Administrator (claim wids).',
  );
}
