import { EntraError } from '../tokens/entra-error.js';
import type { AppRegistration, AppRegistrations } from '../tokens/app-registrations.js';
import type { Administrators } from './administrators.js';
import type { AuthorizationCodes } from './authorization-codes.js';
import { faultOf, judgeAuthorizationRequest } from './authorization-request.js';
import type { IdTokens } from './id-tokens.js';
import { refusalHtml, signInHtml } from './sign-in-html.js';

/** The answer of the authorize endpoint: a page, or the way back to the application. */
export type AuthorizeReply =
  | { readonly kind: 'page'; readonly status: number; readonly html: string }
  | { readonly kind: 'redirect'; readonly location: string };

export interface SignInTenant {
  readonly tenantId: string;
  readonly displayName: string;
}

/** How an administrator signs in to an application: authorize endpoint with a page, then the exchange of the code. */
export class SignInService {
  constructor(
    private readonly tenant: SignInTenant,
    private readonly apps: AppRegistrations,
    private readonly administrators: Administrators,
    private readonly codes: AuthorizationCodes,
    private readonly idTokens: IdTokens,
  ) {}

  /** Without `as` the page on which somebody is chosen; with it (an id, a user principal name, or `nobody`) the way back. */
  authorize(query: URLSearchParams): AuthorizeReply {
    try {
      return this.#authorize(query);
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      return { kind: 'page', status: error.status, html: refusalHtml(`AADSTS${error.number}: ${error.message}`) };
    }
  }

  /** `id_token` and the members around it. */
  async redeem(form: URLSearchParams, app: AppRegistration, issuer: string): Promise<{ idToken: string; scope: string }> {
    const authorization = this.codes.redeem(form, app.clientId);
    const administrator = this.administrators.find(authorization.administratorId);
    if (administrator === undefined) throw new EntraError(400, 'invalid_grant', 50034, 'The user account does not exist.');
    const idToken = await this.idTokens.issue({ administrator, app, issuer, nonce: authorization.nonce });
    return { idToken, scope: authorization.scope };
  }

  #authorize(query: URLSearchParams): AuthorizeReply {
    const request = judgeAuthorizationRequest(query, this.apps);
    const back = (answer: Record<string, string>): AuthorizeReply => {
      const location = new URL(request.redirectUri);
      const { state } = request;
      for (const [name, value] of Object.entries({ ...answer, ...(state === null ? {} : { state }) }))
        location.searchParams.set(name, value);
      return { kind: 'redirect', location: location.href };
    };
    const fault = faultOf(query);
    if (fault !== null) return back({ error: fault.error, error_description: fault.description });
    const chosen = query.get('as');
    if (chosen === 'nobody')
      return back({ error: 'access_denied', error_description: 'AADSTS65004: User declined to consent to access the app.' });
    const administrator = chosen === null ? undefined : this.administrators.find(chosen);
    if (administrator === undefined) {
      const html = signInHtml(this.tenant, request.app.displayName, this.administrators.list(), query);
      return { kind: 'page', status: 200, html };
    }
    const { app, redirectUri, scope, nonce, codeChallenge } = request;
    const authorization = { clientId: app.clientId, redirectUri, administratorId: administrator.id, scope, nonce, codeChallenge };
    return back({ code: this.codes.issue(authorization) });
  }
}
