import type { FaultInjector, Occasion } from '../faults/fault-injector.js';
import type { Behaviours } from '../faults/behaviours.js';
import { GRAPH_AUDIENCE, type AccessTokens } from './access-tokens.js';
import type { AppRegistrations } from './app-registrations.js';
import { openidConfiguration } from './discovery.js';
import { EntraError, entraErrorBody } from './entra-error.js';
import { keySet, type SigningKey } from './signing-key.js';
import type { SignInService } from '../sign-in/sign-in-service.js';
import { expiredSecret, judgeClient, judgeTokenRequest } from './token-request.js';

export interface EntraRequest {
  readonly method: string;
  readonly authority: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface EntraReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

export interface EntraTenant {
  readonly tenantId: string;
  readonly domains: readonly string[];
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HEADERS = { 'Cache-Control': 'no-store, no-cache', Pragma: 'no-cache', 'Content-Type': 'application/json; charset=utf-8' };

/** What Entra serves on its own host: token endpoint, OpenID document, key set. */
export class TokenEndpoint {
  constructor(
    private readonly tenant: EntraTenant,
    private readonly apps: AppRegistrations,
    private readonly tokens: AccessTokens,
    private readonly key: SigningKey,
    private readonly faults: FaultInjector,
    private readonly behaviours: () => Behaviours,
    private readonly now: () => number,
    private readonly signIn: SignInService,
    /** Origin of the page on which people sign in; known once it listens. */
    private readonly pageOrigin: () => string,
  ) {}

  async handle(request: EntraRequest): Promise<EntraReply> {
    try {
      return { status: 200, headers: HEADERS, body: await this.#answer(request) };
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      const body = entraErrorBody(error, request.headers['client-request-id'], request.authority, new Date(this.now()));
      return { status: error.status, headers: HEADERS, body };
    }
  }

  /** Throttling and failures of the endpoint by switch; they come with `Retry-After` where the fault has one. */
  refuseByFault(faults: FaultInjector, occasion: Occasion): EntraReply | undefined {
    const throttle = faults.hit('throttle', occasion);
    const failure = throttle ? undefined : faults.hit('serverError', occasion);
    if (!throttle && !failure) return undefined;
    const seconds = throttle?.retryAfterSeconds ?? failure?.retryAfterSeconds ?? null;
    const error = new EntraError(
      throttle ? 429 : (failure?.status ?? 503),
      'temporarily_unavailable',
      throttle ? 90055 : 90033,
      'A transient error has occurred. Please try again.',
    );
    const headers = { ...HEADERS, ...(seconds === null ? {} : { 'Retry-After': String(seconds) }) };
    return { status: error.status, headers, body: entraErrorBody(error, undefined, '', new Date(this.now())) };
  }

  async #answer(request: EntraRequest): Promise<object> {
    const [tenant = '', ...rest] = request.path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
    const action = rest.join('/').toLowerCase();
    if (action === 'v2.0/.well-known/openid-configuration') {
      this.#requireTenant(tenant);
      return openidConfiguration(request.authority, tenant, this.tenant.tenantId, this.pageOrigin());
    }
    if (action === 'discovery/v2.0/keys') return keySet(this.key, `${request.authority}/${this.tenant.tenantId}/v2.0`);
    if (action === 'oauth2/v2.0/token') return this.#token(request, tenant);
    throw new EntraError(
      404,
      'invalid_request',
      90019,
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
    );
  }

  async #token(request: EntraRequest, tenant: string): Promise<object> {
    if (request.method !== 'POST') {
      throw new EntraError(
        400,
        'invalid_request',
        900561,
        `The endpoint only accepts POST requests. Received a ${request.method} request.`,
      );
    }
    this.#requireTenant(tenant);
    if (tenant === 'common' || tenant === 'organizations') {
      throw new EntraError(
        400,
        'invalid_request',
        50194,
        'The application is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps.',
      );
    }
    const form = new URLSearchParams(request.body);
    if (form.get('grant_type') === 'authorization_code') return this.#exchange(request, form);
    const { app, audience } = judgeTokenRequest(
      { form, authorization: request.headers['authorization'] },
      this.apps,
      this.tenant.tenantId,
    );
    if (this.faults.hit('secretExpired', { path: request.path, method: 'POST', clientId: app.clientId }))
      throw expiredSecret(app.clientId);
    const lifetime = this.behaviours().tokenLifetimeSeconds;
    return {
      token_type: 'Bearer',
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: await this.tokens.issue(app, audience, lifetime),
    };
  }

  /** Somebody signed in: what the application learns of them stands in the id token, the access token is Graph's and opens nothing. */
  async #exchange(request: EntraRequest, form: URLSearchParams): Promise<object> {
    const { tenantId } = this.tenant;
    const app = judgeClient({ form, authorization: request.headers['authorization'] }, this.apps, tenantId);
    const { idToken, scope } = await this.signIn.redeem(form, app, `${request.authority}/${tenantId}/v2.0`);
    const lifetime = this.behaviours().tokenLifetimeSeconds;
    return {
      token_type: 'Bearer',
      scope,
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: await this.tokens.issue({ ...app, roles: [] }, GRAPH_AUDIENCE, lifetime),
      id_token: idToken,
    };
  }

  #requireTenant(segment: string): void {
    const name = segment.toLowerCase();
    if (name === this.tenant.tenantId || this.tenant.domains.includes(name) || name === 'common' || name === 'organizations')
      return;
    if (!GUID.test(name) && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)) {
      throw new EntraError(
        400,
        'invalid_request',
        900023,
        `Specified tenant identifier '${segment}' is neither a valid DNS name, nor a valid external domain.`,
      );
    }
    throw new EntraError(
      400,
      'invalid_request',
      90002,
      `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    );
  }
}
