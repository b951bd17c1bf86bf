import type { FaultOf } from '../faults/fault.js';
import type { FaultInjector, Occasion } from '../faults/fault-injector.js';
import { nextLink } from '../odata/page-links.js';
import { occasionOf, type Simulation } from '../simulation.js';
import { tooManyRequests } from '../throttling/throttle.js';
import { unauthorized } from '../tokens/access-tokens.js';
import type { GraphCall, GraphReply } from './graph-call.js';
import { forbidden, GraphError } from './graph-error.js';

const SERVER_ERRORS = {
  500: ['Service_InternalServerError', 'Encountered an internal server error.'],
  502: ['BadGateway', 'Failed to reach the upstream service.'],
  503: ['ServiceUnavailable', 'The service is temporarily unavailable.'],
  504: ['UnknownError', 'The request timed out at the gateway.'],
} as const;

/** Refusals by switch, in the order in which a real front door would find them. */
export function raiseRequestFaults(faults: FaultInjector, occasion: Occasion): void {
  const server = faults.hit('serverError', occasion);
  if (server) throw serverError(server);
  const throttle = faults.hit('throttle', occasion);
  if (throttle) throw tooManyRequests(retryAfter(throttle.retryAfterSeconds));
  if (faults.hit('claimsChallenge', occasion)) throw claimsChallenge();
  if (faults.hit('tokenRefused', occasion)) throw unauthorized('Access token has expired or is not yet valid.');
  const revoked = faults.hit('consentRevoked', occasion);
  if (revoked?.as === 'identityNotFound')
    throw new GraphError(
      401,
      'Authorization_IdentityNotFound',
      'The identity of the calling application could not be established.',
    );
  if (revoked) throw forbidden();
}

/** Lies about lists that were read well: an empty page that claims to be the last, or an empty one before the rest. */
export function applyPageFaults(reply: GraphReply, simulation: Simulation, call: GraphCall): GraphReply {
  const { body } = reply;
  if (call.method !== 'GET' || reply.status !== 200 || !isList(body)) return reply;
  if (simulation.faults.hit('emptyPage', occasionOf(simulation, call))) {
    return {
      ...reply,
      body: Object.fromEntries([...Object.entries(body).filter(([name]) => name !== '@odata.nextLink'), ['value', []]]),
    };
  }
  const isDelta = call.segments.at(-1) === 'delta';
  const isFirst = !call.query.has('$skiptoken');
  if (isDelta || !isFirst || !simulation.faults.hit('emptyPageWithNextLink', occasionOf(simulation, call))) return reply;
  return { ...reply, body: { ...body, '@odata.nextLink': nextLink(call, simulation.sealer, 0), value: [] } };
}

function serverError({ status, retryAfterSeconds }: FaultOf<'serverError'>): GraphError {
  const [code, message] = SERVER_ERRORS[status];
  return new GraphError(status, code, message, retryAfter(retryAfterSeconds));
}

function claimsChallenge(): GraphError {
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf: { essential: true, value: '1604106651' } } })).toString(
    'base64',
  );
  return new GraphError(
    401,
    'InvalidAuthenticationToken',
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenCreatedWithOutdatedPolicies',
    {
      'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${claims}"`,
    },
  );
}

function retryAfter(seconds: number | null): Record<string, string> {
  return seconds === null ? {} : { 'Retry-After': String(seconds) };
}

function isList(body: unknown): body is { readonly value: readonly unknown[] } {
  return typeof body === 'object' && body !== null && 'value' in body && Array.isArray(body.value);
}
