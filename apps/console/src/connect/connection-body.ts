import type { NewConnection } from '../api/types.js';
import type { Draft } from './draft.js';

/** What the API takes, from what was typed. Switched off; saving decides whether it starts. Pure. */
export function bodyOf(draft: Draft, secret: string): NewConnection {
  return {
    name: draft.name.trim() === '' ? 'Preview' : draft.name.trim(),
    tenantId: draft.tenantId,
    cloud: draft.cloud,
    credential: {
      kind: 'clientSecret',
      clientId: draft.clientId,
      clientSecret: secret.trim(),
      expiresAt: draft.secretEndsOn === '' ? null : draft.secretEndsOn,
    },
    scope: { mode: draft.everybody ? 'allUsers' : 'groups', groups: [...draft.groups] },
    settings: { newAccount: { state: draft.newState } },
  };
}
