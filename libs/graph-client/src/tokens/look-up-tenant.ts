import { Agent, fetch } from 'undici';
import { z } from 'zod';
import type { GraphEndpoints } from '../cloud-endpoints.js';
import { GraphUnavailableError, TenantNotFoundError } from '../errors/graph-errors.js';

const OPERATION = 'tenant.lookUp';
const SEGMENT = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i;
const GUID_IN_ISSUER = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//i;

const documentSchema = z.looseObject({ issuer: z.string() });

/**
 * The tenant that has this id or this verified domain. Entra tells it to anybody, in the tenant's OpenID document. Throws
 * TenantNotFound where there is none, GraphUnavailable where nobody answered.
 */
export async function lookUpTenant(
  idOrDomain: string,
  endpoints: GraphEndpoints,
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<{ tenantId: string }> {
  const facts = { operation: OPERATION };
  if (!SEGMENT.test(idOrDomain)) throw new TenantNotFoundError(`"${idOrDomain}" is neither an id nor a domain.`, facts);
  const agent = new Agent(endpoints.ca === undefined ? {} : { connect: { ca: endpoints.ca } });
  try {
    const address = `${endpoints.authorityHost}/${idOrDomain}/v2.0/.well-known/openid-configuration`;
    const answer = await fetch(address, { dispatcher: agent, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
      throw new TenantNotFoundError(`Entra knows no tenant "${idOrDomain}".`, { ...facts, status: answer.status });
    }
    const document = documentSchema.safeParse(answer.ok ? await answer.json() : null);
    const tenantId = GUID_IN_ISSUER.exec(document.data?.issuer ?? '')?.[1];
    if (tenantId === undefined) {
      throw new GraphUnavailableError('Entra did not say which tenant this is.', { ...facts, status: answer.status });
    }
    return { tenantId: tenantId.toLowerCase() };
  } catch (error) {
    if (error instanceof TenantNotFoundError || error instanceof GraphUnavailableError) throw error;
    throw new GraphUnavailableError('Entra could not be asked for the tenant.', facts, { cause: error });
  } finally {
    await agent.close();
  }
}
