import { badRequest, unsupportedQuery } from '../http/graph-error.js';
import type { ObjectKind } from '../tenant/directory-object.js';
import { isKnownProperty } from '../tenant/property-table.js';
import type { Filter } from './filter.js';

const MOST_IN_VALUES = 15;

/** Properties that the plain index covers; the rest of the known ones answer "not indexed" unless the query is advanced. */
const indexed: Record<'user' | 'group' | 'device', ReadonlySet<string>> = {
  user: words(`accountEnabled assignedLicenses city country createdDateTime creationType deletedDateTime department displayName employeeId
    externalUserState givenName id identities imAddresses isResourceAccount jobTitle mail mailNickname onPremisesImmutableId
    onPremisesSecurityIdentifier onPremisesSyncEnabled otherMails proxyAddresses state surname usageLocation userPrincipalName userType`),
  group: words(`createdDateTime deletedDateTime displayName expirationDateTime groupTypes id isAssignableToRole mail mailEnabled
    mailNickname membershipRuleProcessingState onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled
    proxyAddresses renewedDateTime resourceProvisioningOptions securityEnabled uniqueName`),
  device: words(
    'accountEnabled approximateLastSignInDateTime deletedDateTime deviceId displayName id isCompliant isManaged operatingSystem',
  ),
};

/** Throws Graph's 400 for what this filter may not ask; `advanced` = `ConsistencyLevel: eventual` together with `$count=true`. */
export function checkFilter(filter: Filter, kind: 'user' | 'group' | 'device', advanced: boolean): void {
  switch (filter.op) {
    case 'and':
    case 'or':
      checkFilter(filter.left, kind, advanced);
      checkFilter(filter.right, kind, advanced);
      return;
    case 'not':
      requireAdvanced(advanced);
      checkFilter(filter.operand, kind, advanced);
      return;
    case 'ne':
    case 'endsWith':
      requireAdvanced(advanced);
      break;
    case 'in':
      if (filter.values.length > MOST_IN_VALUES) {
        throw badRequest(
          `Too many child clauses specified in search filter expression containing 'OR' operators: ${filter.values.length}. Max allowed: ${MOST_IN_VALUES}.`,
        );
      }
      break;
    default:
      break;
  }
  checkProperty(filter.path.split('/')[0] ?? '', kind, advanced);
}

function checkProperty(name: string, kind: 'user' | 'group' | 'device', advanced: boolean): void {
  if (!isKnownProperty(kind satisfies ObjectKind, name))
    throw badRequest(`Invalid filter clause: Could not find a property named '${name}' on type 'microsoft.graph.${kind}'.`);
  if (!indexed[kind].has(name) && !advanced) throw unsupportedQuery('The request uses a filter property that is not indexed');
}

function requireAdvanced(advanced: boolean): void {
  if (!advanced) throw unsupportedQuery('Unsupported Query.');
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
