import { z } from 'zod';

/**
 * An Entra object id, tenant id or application id: any 8-4-4-4-12 hex text, trimmed, stored in lower case.
 * `z.uuid()` would refuse ids such as Graph's own `00000003-0000-0000-c000-000000000000` (RFC variant bits).
 */
export const entraIdSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be an id of the form 00000000-0000-0000-0000-000000000000');

/**
 * Stands where a group is named, for everybody of a tenant: in `allUsers` scope the tenant is read, compared and proven like one more
 * group. Entra gives this id to nobody. It is in no event about a membership: whoever is in the tenant is told by the person's state.
 */
export const EVERYBODY = '00000000-0000-0000-0000-000000000000';

/** Rollcall's own ids (accounts, connections, runs): UUIDs made by Postgres or `crypto.randomUUID()`. */
export const rollcallIdSchema = z.guid().toLowerCase();
