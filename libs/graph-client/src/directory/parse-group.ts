import { z } from 'zod';
import type { DirectoryGroup, GroupKind } from './directory-objects.js';
import { graphId } from './graph-ids.js';

export const GROUP_SELECT = 'id,displayName,mail,groupTypes,mailEnabled,securityEnabled,visibility';

export const groupSchema = z.object({
  id: graphId,
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  mailEnabled: z.boolean().nullish(),
  securityEnabled: z.boolean().nullish(),
  visibility: z.string().nullish(),
});
type RawGroup = z.infer<typeof groupSchema>;

export function toGroup(raw: RawGroup): DirectoryGroup {
  return {
    id: raw.id,
    displayName: raw.displayName ?? null,
    kind: groupKind(raw),
    dynamic: raw.groupTypes?.includes('DynamicMembership') ?? false,
    hiddenMembership: raw.visibility === 'HiddenMembership',
    mail: raw.mail ?? null,
  };
}

/** Graph sheet 2.5, "Type derivation". */
function groupKind({ groupTypes, mailEnabled, securityEnabled }: RawGroup): GroupKind {
  if (groupTypes?.includes('Unified')) return 'microsoft365';
  if (typeof mailEnabled !== 'boolean' || typeof securityEnabled !== 'boolean') return 'unknown';
  if (securityEnabled) return mailEnabled ? 'mailEnabledSecurity' : 'security';
  return mailEnabled ? 'distribution' : 'unknown';
}
