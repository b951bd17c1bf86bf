import type { ObjectKind } from './directory-object.js';

const userProperties = words(`
  aboutMe accountEnabled ageGroup assignedLicenses assignedPlans authorizationInfo birthday businessPhones city
  companyName consentProvidedForMinor country createdDateTime creationType customSecurityAttributes deletedDateTime
  department displayName employeeHireDate employeeId employeeLeaveDateTime employeeOrgData employeeType
  externalUserState externalUserStateChangeDateTime faxNumber givenName hireDate id identities imAddresses interests
  isManagementRestricted isResourceAccount jobTitle lastPasswordChangeDateTime legalAgeGroupClassification
  licenseAssignmentStates mail mailNickname mobilePhone mySite officeLocation onPremisesDistinguishedName
  onPremisesDomainName onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime
  onPremisesProvisioningErrors onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled
  onPremisesUserPrincipalName otherMails passwordPolicies passwordProfile pastProjects postalCode
  preferredDataLocation preferredLanguage preferredName provisionedPlans proxyAddresses responsibilities schools
  securityIdentifier serviceProvisioningErrors showInAddressList signInActivity signInSessionsValidFromDateTime
  skills state streetAddress surname usageLocation userPrincipalName userType
`);

const groupProperties = words(`
  assignedLabels assignedLicenses classification createdDateTime deletedDateTime description displayName
  expirationDateTime groupTypes hasMembersWithLicenseErrors id isAssignableToRole isManagementRestricted
  licenseProcessingState mail mailEnabled mailNickname membershipRule membershipRuleProcessingState
  onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName onPremisesProvisioningErrors
  onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled preferredDataLocation preferredLanguage
  proxyAddresses renewedDateTime resourceProvisioningOptions securityEnabled securityIdentifier
  serviceProvisioningErrors theme uniqueName visibility
`);

const deviceProperties = words(`
  accountEnabled approximateLastSignInDateTime complianceExpirationDateTime createdDateTime deletedDateTime
  deviceCategory deviceId deviceOwnership displayName enrollmentProfileName enrollmentType id isCompliant isManaged
  isManagementRestricted isRooted managementType manufacturer mdmAppId model onPremisesLastSyncDateTime
  onPremisesSecurityIdentifier onPremisesSyncEnabled operatingSystem operatingSystemVersion physicalIds profileType
  registrationDateTime systemLabels trustType
`);

const orgContactProperties = words(`
  companyName deletedDateTime department displayName givenName id jobTitle mail mailNickname
  onPremisesLastSyncDateTime onPremisesSyncEnabled phones proxyAddresses surname
`);

const servicePrincipalProperties = words(`
  accountEnabled appDisplayName appId deletedDateTime displayName id servicePrincipalType
`);

/** Properties that the metadata declares as collections: never null, empty instead. */
const collections = new Set(
  words(`
  assignedLabels assignedLicenses assignedPlans businessPhones groupTypes identities imAddresses interests
  licenseAssignmentStates onPremisesProvisioningErrors otherMails pastProjects phones physicalIds provisionedPlans
  proxyAddresses resourceProvisioningOptions responsibilities schools serviceProvisioningErrors skills systemLabels
`),
);

const userDefaults = words(`
  businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage surname
  userPrincipalName id
`);

const table: Record<ObjectKind, { readonly known: ReadonlySet<string>; readonly defaults: readonly string[] }> = {
  user: { known: new Set(userProperties), defaults: userDefaults },
  group: { known: new Set(groupProperties), defaults: groupProperties.filter((name) => name !== 'hasMembersWithLicenseErrors') },
  device: { known: new Set(deviceProperties), defaults: deviceProperties },
  orgContact: { known: new Set(orgContactProperties), defaults: orgContactProperties },
  servicePrincipal: { known: new Set(servicePrincipalProperties), defaults: servicePrincipalProperties },
};

/** The names that Microsoft's published metadata has for this type, as far as the simulator serves the type. */
export function isKnownProperty(kind: ObjectKind, name: string): boolean {
  return table[kind].known.has(name);
}

/** What is returned when nothing is selected. */
export function defaultProperties(kind: ObjectKind): readonly string[] {
  return table[kind].defaults;
}

export function emptyValue(name: string): null | [] {
  return collections.has(name) ? [] : null;
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
