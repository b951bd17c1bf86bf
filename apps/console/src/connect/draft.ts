import type { Cloud } from '../api/types.js';

/** What was typed into the wizard. The secret is no part of it: it is kept in memory only. */
export interface Draft {
  readonly cloud: Cloud;
  /** As typed: an id or a domain. */
  readonly tenantText: string;
  /** The tenant that the text names; empty until it is known. */
  readonly tenantId: string;
  readonly clientId: string;
  readonly secretEndsOn: string;
  /** Everybody of the tenant is in scope; groups only give their memberships. */
  readonly everybody: boolean;
  readonly groups: readonly string[];
  readonly groupText: string;
  readonly name: string;
  readonly newState: 'inactive' | 'active';
  readonly enable: boolean;
  /** Goes on before the permissions are granted: a colleague may do that later. */
  readonly withoutConsent: boolean;
}

export const emptyDraft: Draft = {
  cloud: 'global',
  tenantText: '',
  tenantId: '',
  clientId: '',
  secretEndsOn: '',
  everybody: false,
  groups: [],
  groupText: '',
  name: '',
  newState: 'inactive',
  enable: false,
  withoutConsent: false,
};

const STORED = 'rollcall.connect';

/** Survives a reload of the page, not the end of the tab. */
export function loadDraft(storage: Pick<Storage, 'getItem'>): Draft {
  try {
    const stored: unknown = JSON.parse(storage.getItem(STORED) ?? '{}');
    return { ...emptyDraft, ...(typeof stored === 'object' ? stored : {}) };
  } catch {
    return emptyDraft;
  }
}

export function saveDraft(storage: Pick<Storage, 'setItem'>, draft: Draft): void {
  storage.setItem(STORED, JSON.stringify(draft));
}

export function forgetDraft(storage: Pick<Storage, 'removeItem'>): void {
  storage.removeItem(STORED);
}
