const PORTAL = 'https://entra.microsoft.com';

type Blade = 'Overview' | 'Credentials' | 'CallAnAPI';

/** A page of one application registration in the Entra admin center. */
export function appRegistrationLink(clientId: string, blade: Blade): string {
  return `${PORTAL}/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/${blade}/appId/${encodeURIComponent(clientId)}/isMSAApp~/false`;
}

export const registrationsLink = `${PORTAL}/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade/quickStartType~/null/sourceType/Microsoft_AAD_IAM`;

export const groupsLink = `${PORTAL}/#view/Microsoft_AAD_IAM/GroupsManagementMenuBlade/~/AllGroups`;
