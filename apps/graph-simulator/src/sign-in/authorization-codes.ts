import { createHash, randomBytes } from 'node:crypto';
import { EntraError } from '../tokens/entra-error.js';

/** What a code stands for, until it is exchanged. */
export interface Authorization {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly administratorId: string;
  readonly scope: string;
  readonly nonce: string | null;
  /** S256 of the verifier; null where the request named none. */
  readonly codeChallenge: string | null;
}

interface IssuedCode extends Authorization {
  readonly expiresAt: number;
  isRedeemed: boolean;
}

const LIFETIME_MS = 600_000;

/** Codes of the authorize endpoint: good for ten minutes and one exchange, in memory. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, IssuedCode>();

  constructor(private readonly now: () => number) {}

  issue(authorization: Authorization): string {
    const code = `0.A${randomBytes(48).toString('base64url')}`;
    this.#codes.set(code, { ...authorization, expiresAt: this.now() + LIFETIME_MS, isRedeemed: false });
    return code;
  }

  /** Uses the code up, or refuses in the words of Entra. */
  redeem(form: URLSearchParams, clientId: string): Authorization {
    const issued = this.#codes.get(form.get('code') ?? '');
    if (issued === undefined || issued.clientId !== clientId)
      throw refused(9002313, 'Invalid request. Request is malformed or invalid.');
    if (issued.isRedeemed)
      throw refused(54005, 'OAuth2 Authorization code was already redeemed, please retry with a new valid code.');
    if (issued.expiresAt <= this.now())
      throw refused(70008, 'The provided authorization code or refresh token has expired due to inactivity.');
    if (issued.redirectUri !== form.get('redirect_uri'))
      throw refused(
        500112,
        `The reply address '${form.get('redirect_uri') ?? ''}' does not match the reply address of the authorization request.`,
      );
    if (!isProven(issued.codeChallenge, form.get('code_verifier')))
      throw refused(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.');
    issued.isRedeemed = true;
    return issued;
  }
}

function isProven(challenge: string | null, verifier: string | null): boolean {
  if (challenge === null) return verifier === null;
  return verifier !== null && createHash('sha256').update(verifier).digest('base64url') === challenge;
}

function refused(number: number, message: string): EntraError {
  return new EntraError(400, 'invalid_grant', number, message);
}
