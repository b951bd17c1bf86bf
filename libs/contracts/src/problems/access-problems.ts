import { define } from './problem-definition.js';

/** How Rollcall gets into a tenant: application, secret, consent. */
export const accessProblems = define({
  SECRET_INVALID: {
    title: 'The client secret is wrong',
    status: 422,
    remedy:
      'In Entra, open the app registration, Certificates & secrets, create a new client secret, and enter its Value (not its Secret ID) here.',
  },
  SECRET_EXPIRED: {
    title: 'The client secret has expired',
    status: 422,
    remedy:
      'Create a new client secret in the app registration and rotate the secret of this connection. Nobody is removed meanwhile.',
  },
  APP_NOT_FOUND: {
    title: 'The application is not known in this tenant',
    status: 422,
    remedy:
      'Compare the Application (client) ID with the app registration, and check that the Directory (tenant) ID is of the same tenant.',
  },
  APP_DISABLED: {
    title: 'The application is disabled in this tenant',
    status: 422,
    remedy:
      'In Entra open Enterprise applications, choose the application, Properties, and set "Enabled for users to sign-in" to Yes.',
  },
  TENANT_NOT_FOUND: {
    title: 'The tenant does not exist',
    status: 422,
    remedy:
      'Copy the Directory (tenant) ID from the Overview page of the app registration. Make sure that the two ids are not swapped.',
  },
  CONSENT_MISSING: {
    title: 'A permission is not granted',
    status: 422,
    remedy:
      'In the app registration open API permissions, add the named permission as Application (not Delegated), and choose "Grant admin consent".',
  },
  ACCESS_BLOCKED: {
    title: 'A policy of the tenant blocks the application',
    status: 422,
    remedy:
      'Look at the Conditional Access policies for workload identities and at the licences of the tenant; the message of Microsoft Graph names the cause.',
  },
  TOKEN_REFUSED: {
    title: 'Microsoft Graph refuses the token',
    status: 502,
    remedy:
      'It is tried again with a new token. If it lasts, check that the cloud of the connection is right and that the clock of this machine is right.',
  },
  WEBHOOK_UNREACHABLE: {
    title: 'Microsoft Graph cannot reach the webhook',
    status: 422,
    remedy:
      'Check that PUBLIC_URL is reachable from the internet over https with a valid certificate. Until then changes are found by the sweep.',
  },
  SUBSCRIPTION_TAKEN: {
    title: 'Another system holds the subscription',
    status: 409,
    remedy: 'End the other subscription of this application, or use an application registration of its own for Rollcall.',
  },
  SUBSCRIPTION_NOT_FOUND: {
    title: 'The Graph subscription is gone',
    status: 422,
    remedy: 'Nothing to do: a new one is created.',
  },
  CONNECTION_EXISTS: {
    title: 'This tenant and application are connected already',
    status: 409,
    remedy: 'Open the existing connection, or use another application registration.',
  },
  GLOBAL_ADMINISTRATOR_NEEDED: {
    title: 'Only a Global Administrator connects a tenant here',
    status: 403,
    remedy:
      'Sign in with an account that is Global Administrator of this tenant at the moment, activated where the role is eligible only, and repeat it.',
  },
  SETTING_NOT_AVAILABLE: { title: 'This setting is not available yet', status: 422, remedy: 'Leave the setting at its default.' },
  FILTER_INVALID: {
    title: 'The filter is not valid',
    status: 422,
    remedy: 'Correct the filter text; the message of Microsoft Graph names the place.',
  },
});
