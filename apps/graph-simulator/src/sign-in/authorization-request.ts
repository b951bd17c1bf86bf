import { EntraError } from '../tokens/entra-error.js';
import type { AppRegistration, AppRegistrations } from '../tokens/app-registrations.js';

/** A request to sign in that may go on: the application is known and the answer goes to an address on this machine. */
export interface AuthorizationRequest {
  readonly app: AppRegistration;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scope: string;
  readonly nonce: string | null;
  readonly codeChallenge: string | null;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Judges the query of the authorize endpoint. Throws `EntraError` for what Entra shows on a page of its own, since nobody may be sent
 * to an address that is not the application's. Every loopback address counts as registered.
 */
export function judgeAuthorizationRequest(query: URLSearchParams, apps: AppRegistrations): AuthorizationRequest {
  const clientId = query.get('client_id') ?? '';
  const app = apps.find(clientId);
  if (app === undefined) throw invalid(700016, `Application with identifier '${clientId}' was not found in the directory.`);
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!URL.canParse(redirectUri) || !LOOPBACK.test(new URL(redirectUri).hostname)) {
    throw invalid(50011, `The redirect URI '${redirectUri}' does not match the redirect URIs configured for the application.`);
  }
  const challenge = query.get('code_challenge');
  return {
    app,
    redirectUri,
    state: query.get('state'),
    scope: query.get('scope') ?? '',
    nonce: query.get('nonce'),
    codeChallenge: challenge === '' ? null : challenge,
  };
}

/** What is wrong with a request whose sender is known, as the error that is sent back to it; null where nothing is. */
export function faultOf(query: URLSearchParams): { readonly error: string; readonly description: string } | null {
  if (query.get('response_type') !== 'code') {
    return fault('unsupported_response_type', 700054, 'The response_type is not enabled for the application.');
  }
  if (!(query.get('scope') ?? '').split(' ').includes('openid')) {
    return fault('invalid_scope', 70011, "The provided value for the input parameter 'scope' is not valid.");
  }
  if (query.get('code_challenge') !== null && query.get('code_challenge_method') !== 'S256') {
    return fault('invalid_request', 501491, 'The code_challenge_method must be S256.');
  }
  return null;
}

function fault(error: string, number: number, message: string) {
  return { error, description: `AADSTS${number}: ${message}` };
}

function invalid(number: number, message: string): EntraError {
  return new EntraError(400, 'invalid_request', number, message);
}
