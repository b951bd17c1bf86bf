import { ClientSecretCredential, type ClientSecretCredentialOptions } from '@azure/identity';
import type { Clock } from '#contracts';
import { isMicrosoftAuthority, type GraphEndpoints } from '../cloud-endpoints.js';
import { classifyTokenFailure } from '../errors/classify-token-failure.js';
import { GraphUnavailableError } from '../errors/graph-errors.js';
import type { GraphConnection } from '../graph-connection.js';
import { readTokenFailure, type EntraAnswer } from './read-token-failure.js';
import type { TokenRequest } from './token-provider.js';

/**
 * Client credentials by @azure/identity (Graph sheet 1.4). Each request makes a credential of its own, so that neither MSAL's
 * cache nor its memory of failures (60 s to an hour) ever answers in place of Entra; keeping tokens is TokenProvider's business.
 */
export function entraTokenRequest(
  connection: GraphConnection,
  endpoints: GraphEndpoints,
  options: { readonly timeoutMs: number; readonly clock: Clock },
): TokenRequest {
  return async (claims) => {
    const deadline = AbortSignal.timeout(options.timeoutMs);
    const seen: { answer: EntraAnswer | null } = { answer: null };
    const credential = new ClientSecretCredential(connection.tenantId, connection.clientId, connection.clientSecret, {
      authorityHost: endpoints.authorityHost,
      disableInstanceDiscovery: !isMicrosoftAuthority(endpoints.authorityHost),
      ...(endpoints.ca === undefined ? {} : { tlsOptions: { ca: endpoints.ca } }),
      retryOptions: { maxRetries: 0 },
      redirectOptions: { maxRetries: 0 }, // a redirect would carry the secret elsewhere
      additionalPolicies: [observe(deadline, (answer) => (seen.answer = answer))],
    });
    try {
      const token = await Promise.race([
        credential.getToken(endpoints.scope, { enableCae: true, ...(claims === undefined ? {} : { claims }) }),
        rejectAt(deadline),
      ]);
      return { token: token.token, expiresAt: new Date(token.expiresOnTimestamp) };
    } catch (error) {
      if (deadline.aborted) throw noAnswer(options.timeoutMs);
      throw classifyTokenFailure(readTokenFailure(seen.answer, error), options.clock(), error);
    }
  };
}

type AdditionalPolicy = NonNullable<ClientSecretCredentialOptions['additionalPolicies']>[number];

/** MSAL gives its errors as text and ignores deadlines, so a policy of its pipeline sees the answers and ends what hangs. */
function observe(deadline: AbortSignal, onAnswer: (answer: EntraAnswer) => void): AdditionalPolicy {
  return {
    position: 'perCall',
    policy: {
      name: 'observeTokenAnswers',
      async sendRequest(request, next) {
        request.abortSignal = deadline;
        const response = await next(request);
        onAnswer({
          status: response.status,
          retryAfter: response.headers.get('retry-after') ?? null,
          body: response.bodyAsText ?? '',
        });
        return response;
      },
    },
  };
}

/** The race is needed beside the signal: MSAL may wait for something that is no request. */
function rejectAt(deadline: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason as Error), { once: true });
  });
}

function noAnswer(timeoutMs: number): GraphUnavailableError {
  return new GraphUnavailableError(`Entra did not answer within ${timeoutMs} ms.`, { operation: 'token.request' });
}
