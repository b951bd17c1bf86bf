import { useQuery } from '@tanstack/react-query';
import { commands } from '../api/commands.js';
import { isOffered } from '../api/offered.js';
import { asProblem } from '../api/problem.js';
import type { Cloud } from '../api/types.js';
import { isGuid } from './check-entries.js';
import { canNameTenant, judgeTenant, type Lookup, type TenantVerdict } from './judge-tenant.js';
import { useRested } from './use-rested.js';

interface Tenant {
  readonly verdict: TenantVerdict;
  readonly isLooking: boolean;
}

/** Looks the tenant up at Entra while it is typed; the application's id only where it may have been taken for the tenant's. */
export function useTenant(tenantText: string, clientId: string, cloud: Cloud): Tenant {
  const byTenant = useLookup(tenantText.trim(), cloud, canNameTenant(tenantText));
  const byClient = useLookup(clientId.trim(), cloud, byTenant.lookup.outcome === 'none' && isGuid(clientId));
  return {
    verdict: judgeTenant(tenantText, clientId, byTenant.lookup, byClient.lookup),
    isLooking: byTenant.isLooking || byClient.isLooking,
  };
}

function useLookup(text: string, cloud: Cloud, isWanted: boolean): { lookup: Lookup; isLooking: boolean } {
  const rested = useRested(text);
  const isAsked = isWanted && isOffered('post /connections/look-up-tenant');
  const query = useQuery({
    queryKey: ['tenant', cloud, rested],
    queryFn: async (): Promise<Lookup> => {
      try {
        const { tenantId } = await commands.lookUpTenant(rested, cloud);
        return { outcome: 'found', tenantId };
      } catch (error) {
        return { outcome: asProblem(error).code === 'TENANT_NOT_FOUND' ? 'none' : 'unknown' };
      }
    },
    enabled: isAsked && rested === text,
  });
  const isCurrent = isAsked && rested === text;
  return { lookup: (isCurrent && query.data) || { outcome: 'unknown' }, isLooking: isAsked && (!isCurrent || query.isFetching) };
}
