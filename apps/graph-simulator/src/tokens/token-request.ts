import type { AppRegistration, AppRegistrations } from './app-registrations.js';
import { EntraError } from './entra-error.js';
import { GRAPH_APP_ID } from './access-tokens.js';

export interface TokenRequest {
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

export interface GrantedToken {
  readonly app: AppRegistration;
  readonly audience: string;
}

const RESOURCES = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
];

/** Judges a client-credentials request in the order in which Entra does; throws its error, or says what to issue. */
export function judgeTokenRequest(request: TokenRequest, apps: AppRegistrations, tenantId: string): GrantedToken {
  const { form, authorization } = request;
  const grant = required(form, 'grant_type');
  if (credentialsOf(form, authorization).clientId === undefined) throw missing('client_id');
  if (grant !== 'client_credentials') {
    throw new EntraError(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);
  }
  const audience = audienceOf(required(form, 'scope'));
  return { app: judgeClient(request, apps, tenantId), audience };
}

/** The application that proved itself by its secret; throws Entra's error where it did not. */
export function judgeClient({ form, authorization }: TokenRequest, apps: AppRegistrations, tenantId: string): AppRegistration {
  const credentials = credentialsOf(form, authorization);
  if (credentials.clientId === undefined) throw missing('client_id');
  const app = apps.find(credentials.clientId);
  if (!app) throw appNotFound(credentials.clientId, tenantId);
  if (credentials.secret === undefined || credentials.secret === '') {
    throw new EntraError(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  const check = apps.checkSecret(app, credentials.secret);
  if (check === 'wrong') throw wrongSecret(app.clientId);
  if (check === 'expired') throw expiredSecret(app.clientId);
  if (app.isDisabled)
    throw new EntraError(401, 'unauthorized_client', 7000112, `Application '${app.clientId}'(${app.displayName}) is disabled.`);
  return app;
}

export function expiredSecret(clientId: string): EntraError {
  const advice =
    'Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security.';
  return new EntraError(
    401,
    'invalid_client',
    7000222,
    `The provided client secret keys for app '${clientId}' are expired. ${advice}`,
  );
}

function wrongSecret(clientId: string): EntraError {
  const message = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`;
  return new EntraError(401, 'invalid_client', 7000215, message);
}

function appNotFound(clientId: string, tenantId: string): EntraError {
  const advice =
    'This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.';
  return new EntraError(
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${tenantId}'. ${advice}`,
  );
}

function audienceOf(scope: string): string {
  const scopes = scope.split(' ').filter((each) => each !== '');
  const [only = ''] = scopes;
  const resource = only.endsWith('/.default') ? only.slice(0, -'/.default'.length).replace(/\/$/, '') : undefined;
  if (scopes.length !== 1 || resource === undefined) {
    throw new EntraError(
      400,
      'invalid_scope',
      70011,
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    );
  }
  if (resource === GRAPH_APP_ID || RESOURCES.includes(resource)) return 'https://graph.microsoft.com';
  throw new EntraError(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${resource} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant.`,
  );
}

function credentialsOf(
  form: URLSearchParams,
  authorization: string | undefined,
): { clientId: string | undefined; secret: string | undefined } {
  const basic = /^Basic\s+(.+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined)
    return { clientId: form.get('client_id') ?? undefined, secret: form.get('client_secret') ?? undefined };
  const [clientId = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { clientId: decodeURIComponent(clientId), secret: decodeURIComponent(secret) };
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw missing(name);
  return value;
}

function missing(name: string): EntraError {
  return new EntraError(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);
}
