import { z } from 'zod';
import { rollcallIdSchema, timeZoneSchema } from '#contracts';

/** A mail address, a page or a text; empty: nobody is named. */
const supportContact = z
  .string()
  .trim()
  .max(200)
  .transform((text) => (text === '' ? null : text))
  .nullable();

const policies = { fourEyesOnRemovals: z.boolean(), connectAsGlobalAdministrator: z.boolean() };

export const patchOrganisationBody = z
  .strictObject({ name: z.string().trim().min(1).max(200), timeZone: timeZoneSchema, supportContact, ...policies })
  .partial();
export type PatchOrganisationBody = z.output<typeof patchOrganisationBody>;

export const organisationSchema = z
  .object({
    id: rollcallIdSchema,
    name: z.string(),
    timeZone: z.string(),
    /** Whom people ask when something fails. */
    supportContact: z.string().nullable(),
    ...policies,
    /** Whether people sign in at an identity provider; without one, neither policy can be switched on. */
    identityProvider: z.boolean(),
  })
  .meta({ id: 'Organisation' });
export type OrganisationAnswer = z.input<typeof organisationSchema>;
