import { createHash, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { AppRegistration } from '../tokens/app-registrations.js';
import type { SigningKey } from '../tokens/signing-key.js';
import type { Administrator } from './administrators.js';

export interface IdTokenRequest {
  readonly administrator: Administrator;
  readonly app: AppRegistration;
  readonly issuer: string;
  readonly nonce: string | null;
}

const LIFETIME_SECONDS = 3_600;

/** Issues id tokens in Entra's v2.0 format. */
export class IdTokens {
  constructor(
    private readonly key: SigningKey,
    private readonly tenantId: string,
    private readonly now: () => number,
  ) {}

  issue({ administrator, app, issuer, nonce }: IdTokenRequest): Promise<string> {
    const now = Math.floor(this.now() / 1_000);
    const { id, displayName, userPrincipalName, roles, wids } = administrator;
    const payload = {
      aud: app.clientId,
      iss: issuer,
      iat: now,
      nbf: now,
      exp: now + LIFETIME_SECONDS,
      name: displayName,
      oid: id,
      preferred_username: userPrincipalName,
      email: userPrincipalName,
      // Pairwise: another application gets another subject for the same person.
      sub: createHash('sha256').update(`${app.clientId}|${id}`).digest('base64url'),
      tid: this.tenantId,
      uti: randomUUID().replaceAll('-', '').slice(0, 22),
      ver: '2.0',
      ...(nonce === null ? {} : { nonce }),
      ...(roles.length === 0 ? {} : { roles }),
      ...(wids.length === 0 ? {} : { wids }),
    };
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.key.kid }).sign(this.key.privateKey);
  }
}
