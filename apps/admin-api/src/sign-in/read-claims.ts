import { z } from 'zod';
import { roles, type ProvenIdentity, type Role } from '#connections';
import { toStorable } from '#contracts';

/** Template id of Entra's directory role Global Administrator, the same in every tenant. */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

/** Of an id token that was verified, what Rollcall looks at. `roles` are the app roles of our own application. */
const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
  tid: z.string().optional(),
  roles: z.array(z.string()).default([]),
  wids: z.array(z.string()).default([]),
});

export interface SignedInPerson {
  readonly identity: ProvenIdentity;
  /** The strongest of the app roles; null where the token names none of ours. */
  readonly role: Role | null;
  /** The tenant in which the person is Global Administrator now. */
  readonly globalAdministratorOf: string | null;
}

/** Pure. Throws where the claims have another shape than OpenID Connect gives them. */
export function readClaims(verified: unknown): SignedInPerson {
  const claims = claimsSchema.parse(verified);
  const email = [claims.email, claims.preferred_username].find((text) => text?.includes('@')) ?? null;
  const displayName = toStorable(claims.name ?? email ?? claims.sub);
  return {
    identity: { issuer: claims.iss, subject: claims.sub, displayName, email },
    role: roles.find((role) => claims.roles.includes(role)) ?? null,
    globalAdministratorOf: claims.wids.includes(GLOBAL_ADMINISTRATOR) ? (claims.tid ?? null) : null,
  };
}
