import * as oidc from 'openid-client';

export interface IdentityProviderOptions {
  /** Such as `https://login.microsoftonline.com/<tenant id>/v2.0`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For a provider with a certificate of its own authority. */
  readonly fetch?: oidc.CustomFetch;
}

/** What the answer must fit, kept by the browser meanwhile. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const TIMEOUT_SECONDS = 10;

/** The provider does not answer, or not as OpenID Connect has it. */
export class IdentityProviderError extends Error {
  readonly code = 'IDENTITY_PROVIDER_UNAVAILABLE';
  readonly retry = 'later' as const;
  constructor(
    readonly issuer: string,
    options?: ErrorOptions,
  ) {
    super(`the identity provider ${issuer} does not answer as OpenID Connect has it`, options);
    this.name = 'IdentityProviderError';
  }
}

/**
 * The organisation's identity provider: authorization code with PKCE, state and nonce; the id token's signature is verified too,
 * although it comes over TLS. Its document is read when the first one signs in, so Rollcall starts without it.
 */
export class IdentityProvider {
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(private readonly options: IdentityProviderOptions) {}

  /** Where to send the browser. Throws {@link IdentityProviderError}. */
  async begin(redirectUri: string): Promise<{ readonly url: string; readonly pending: PendingSignIn }> {
    const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      response_mode: 'query',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, pending };
  }

  /**
   * The claims of whoever came back at `callback`, our redirect URI with the provider's answer. Throws what openid-client throws where
   * the answer does not fit: another state, a code that is not good, a token that is not for us.
   */
  async finish(callback: URL, { state, nonce, verifier }: PendingSignIn): Promise<Readonly<Record<string, unknown>>> {
    const tokens = await oidc.authorizationCodeGrant(await this.configuration(), callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    return { ...tokens.claims() };
  }

  private configuration(): Promise<oidc.Configuration> {
    this.discovered ??= this.discover().catch((error: unknown) => {
      // A provider that was away is asked again by the next one who signs in.
      this.discovered = undefined;
      throw new IdentityProviderError(this.options.issuer, { cause: error });
    });
    return this.discovered;
  }

  private discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret, fetch } = this.options;
    const url = new URL(issuer);
    return oidc.discovery(url, clientId, undefined, oidc.ClientSecretPost(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      execute: [oidc.enableNonRepudiationChecks, ...(isOnThisMachine(url) ? [allowHttp] : [])],
      ...(fetch === undefined ? {} : { [oidc.customFetch]: fetch }),
    });
  }
}

/** Plain http, of the issuer or of the page that a browser opens, is for a provider on this very machine. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that nobody uses it beyond loopback; this is loopback
const allowHttp = oidc.allowInsecureRequests;

function isOnThisMachine({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
