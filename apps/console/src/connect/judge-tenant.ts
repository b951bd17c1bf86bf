import { checkId, checkIdPair, isGuid } from './check-entries.js';

/** What Entra says of a text that names a tenant; `unknown` while it was not asked, or did not answer. */
export type Lookup = { readonly outcome: 'found'; readonly tenantId: string } | { readonly outcome: 'none' | 'unknown' };

export type TenantVerdict =
  | { readonly kind: 'open' }
  | { readonly kind: 'faulty'; readonly sentence: string }
  | { readonly kind: 'swapped' }
  | { readonly kind: 'usable'; readonly tenantId: string; readonly isConfirmed: boolean };

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

/** Whether a text can name a tenant at all: an id or a domain. */
export const canNameTenant = (text: string): boolean => isGuid(text) || DOMAIN.test(text.trim());

/**
 * What the two ids on the application's Overview are worth. Where Entra knows no tenant by the one, but knows one by the other, they
 * were swapped. An id is usable also while Entra does not answer; of a domain the id has to be found. Pure.
 */
export function judgeTenant(tenantText: string, clientId: string, byTenant: Lookup, byClient: Lookup): TenantVerdict {
  if (tenantText.trim() === '') return { kind: 'open' };
  if (!canNameTenant(tenantText)) {
    return { kind: 'faulty', sentence: checkId(tenantText, 'Directory (tenant) ID') ?? '' };
  }
  const pairFault = checkIdPair(tenantText, clientId);
  if (pairFault !== null) return { kind: 'faulty', sentence: pairFault };
  if (byTenant.outcome === 'found') return { kind: 'usable', tenantId: byTenant.tenantId, isConfirmed: true };
  if (byTenant.outcome === 'none') {
    if (isGuid(clientId) && byClient.outcome === 'found') return { kind: 'swapped' };
    return { kind: 'faulty', sentence: 'Entra knows no tenant by this id or domain. Copy it from the Overview page again.' };
  }
  return isGuid(tenantText)
    ? { kind: 'usable', tenantId: tenantText.trim().toLowerCase(), isConfirmed: false }
    : { kind: 'open' };
}
