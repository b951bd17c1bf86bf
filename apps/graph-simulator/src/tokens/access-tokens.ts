import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { GraphError } from '../http/graph-error.js';
import type { AppRegistration } from './app-registrations.js';
import type { Caller } from './caller.js';
import type { SigningKey } from './signing-key.js';

export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
export const GRAPH_AUDIENCE = 'https://graph.microsoft.com';

const claims = z.object({
  appid: z.string(),
  oid: z.string(),
  tid: z.string(),
  exp: z.number(),
  roles: z.array(z.string()).default([]),
});

/** Issues and reads the app-only tokens of one tenant, in Entra's v1.0 format. */
export class AccessTokens {
  readonly #key: SigningKey;
  readonly #tenantId: string;
  readonly #now: () => number;

  constructor(key: SigningKey, tenantId: string, now: () => number) {
    this.#key = key;
    this.#tenantId = tenantId;
    this.#now = now;
  }

  /** An app without consent gets a token too: it merely has no `roles`, and Graph refuses later. */
  issue(app: AppRegistration, audience: string, lifetimeSeconds: number): Promise<string> {
    const now = Math.floor(this.#now() / 1_000);
    const payload = {
      aud: audience,
      iss: this.#issuer(),
      iat: now,
      nbf: now,
      exp: now + lifetimeSeconds,
      appid: app.clientId,
      app_displayname: app.displayName,
      appidacr: '1',
      idtyp: 'app',
      oid: app.servicePrincipalId,
      sub: app.servicePrincipalId,
      tid: this.#tenantId,
      ...(app.roles.length > 0 ? { roles: app.roles } : {}),
      uti: randomUUID().replaceAll('-', '').slice(0, 22),
      ver: '1.0',
      wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'],
    };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.#key.kid, x5t: this.#key.kid })
      .sign(this.#key.privateKey);
  }

  /** The caller behind an Authorization header, or Graph's 401 with its text for what is wrong with the token. */
  async read(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer\s+(.*)$/i.exec(authorization ?? '')?.[1]?.trim() ?? '';
    if (token === '') throw unauthorized('Access token is empty.');
    const options = { algorithms: ['RS256'], issuer: this.#issuer(), currentDate: new Date(this.#now()), clockTolerance: 0 };
    try {
      const { payload } = await jwtVerify(token, this.#key.publicKey, {
        ...options,
        audience: [GRAPH_AUDIENCE, `${GRAPH_AUDIENCE}/`, GRAPH_APP_ID],
      });
      const { appid, oid, exp, roles } = claims.parse(payload);
      return { clientId: appid, servicePrincipalId: oid, roles: new Set(roles), tokenExpiresAt: exp * 1_000 };
    } catch (error) {
      throw unauthorized(messageFor(error));
    }
  }

  #issuer(): string {
    return `https://sts.windows.net/${this.#tenantId}/`;
  }
}

export function unauthorized(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${GRAPH_APP_ID}"`,
  });
}

function messageFor(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'Lifetime validation failed, the token is expired.';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return 'Access token validation failure. Invalid audience.';
  if (error instanceof errors.JWTClaimValidationFailed) return 'Access token has expired or is not yet valid.';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'Access token validation failure. Invalid signature.';
  return 'IDX14100: JWT is not well formed, there are no dots (.).';
}
