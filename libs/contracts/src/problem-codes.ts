/** What a code means for whoever reads it: a title for the page, the HTTP status where it is answered, and the next step. */
export interface ProblemDefinition {
  readonly title: string;
  readonly status: number;
  readonly remedy: string;
}

const define = <Code extends string>(codes: Record<Code, ProblemDefinition>): Readonly<Record<Code, ProblemDefinition>> =>
  Object.freeze(codes);

/** Every failure that has a name (design section 7), each with its next step. */
export const PROBLEMS = define({
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
  GROUP_NOT_FOUND: {
    title: 'The group was not found',
    status: 422,
    remedy: 'Check the object id in Entra under Groups. If the group was deleted, restore it there or take it out of the scope.',
  },
  GROUP_NAME_AMBIGUOUS: {
    title: 'Several groups have this name',
    status: 422,
    remedy: 'Enter the object id of the group that is meant.',
  },
  GROUP_ID_IS_A_NAME: {
    title: 'A name was given where an object id was expected',
    status: 422,
    remedy: "Use the Object ID that Entra shows on the group's Overview page.",
  },
  GROUP_EMPTY: {
    title: 'A read shows the group as empty',
    status: 422,
    remedy: 'Check the group in Entra. Nobody is removed because of an empty answer alone.',
  },
  GROUP_CONTAINS_GROUPS: {
    title: 'The group contains other groups',
    status: 422,
    remedy: 'Only direct members are taken. Watch the inner groups themselves too.',
  },
  MEMBERS_UNREADABLE: {
    title: 'Members cannot be read',
    status: 422,
    remedy:
      'Grant User.Read.All as an Application permission (and Member.Read.Hidden for groups with hidden membership), with admin consent.',
  },
  NO_USABLE_EMAIL: {
    title: 'The person has no usable email address',
    status: 422,
    remedy: 'Set a mail address or a plain user principal name in Entra, or change the order of identity.email.',
  },
  EMAIL_CONFLICT: {
    title: 'The email address belongs to another account',
    status: 409,
    remedy: 'Change the address of one of the two people in Entra; whoever waits for the address gets it as soon as it is free.',
  },
  FILTER_INVALID: {
    title: 'The filter is not valid',
    status: 422,
    remedy: 'Correct the filter text; the message of Microsoft Graph names the place.',
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
  QUOTA_EXCEEDED: {
    title: 'The subscription quota is used up',
    status: 422,
    remedy: 'Remove unused subscriptions of this application; changes are found by the sweep meanwhile.',
  },
  THROTTLED: {
    title: 'Microsoft Graph asks to wait',
    status: 503,
    remedy: 'Nothing to do: reading goes on when the wait is over.',
  },
  DELTA_EXPIRED: {
    title: 'The delta link has expired',
    status: 422,
    remedy: 'Nothing to do: a new link is taken and the groups are read anew.',
  },
  GUARD_TRIPPED: {
    title: 'More removals than the guard allows',
    status: 409,
    remedy: 'Look at the held changes; release them if they are right, reject them if they are not.',
  },
  PLAN_STALE: { title: 'The plan has moved on', status: 409, remedy: 'Load the plan again and approve its present hash.' },
  RUN_IN_PROGRESS: {
    title: 'A sync run is in progress',
    status: 409,
    remedy: 'Wait until the named run has ended, or cancel it.',
  },
  CONNECTION_EXISTS: {
    title: 'This tenant and application are connected already',
    status: 409,
    remedy: 'Open the existing connection, or use another application registration.',
  },
  FETCHED_NONE_PROCESSED: {
    title: 'People were read but none was taken',
    status: 422,
    remedy: 'The cause names why: unreadable members, no usable mail, only nested groups, or filtered out.',
  },
  SETTING_NOT_AVAILABLE: { title: 'This setting is not available yet', status: 422, remedy: 'Leave the setting at its default.' },
  DEAD_LETTER: {
    title: 'A message could not be handled',
    status: 422,
    remedy: 'Read its reason; replay it when the cause is mended, or discard it.',
  },
  UNDONE: {
    title: 'Undone',
    status: 409,
    remedy: 'The change was undone by a person and stays so until the tenant changes it again or the pin is lifted.',
  },
  CHANGED_SINCE: {
    title: 'Changed since by somebody or by the tenant',
    status: 409,
    remedy: 'Nothing was done. Change it by hand, or undo what changed it since first.',
  },
  STILL_NAMED_BY_THE_PERSON: {
    title: 'The person is still named as a member of the group',
    status: 409,
    remedy: 'Nothing to do: the membership is read once more. A nested group may be the cause.',
  },
  USER_NOT_FOUND: {
    title: 'The person was not found in the tenant',
    status: 409,
    remedy: 'Nothing to do: the person is looked up once more before anything is removed.',
  },
  CANCELLED: {
    title: 'The run was cancelled before this change',
    status: 409,
    remedy: 'Start another run if the change is wanted.',
  },
  EXPIRED: {
    title: 'The plan waited too long',
    status: 409,
    remedy: 'Start another run: its plan is computed from the tenant as it is now.',
  },
  REVIEW: { title: 'Waits for review', status: 409, remedy: 'Release or reject the change.' },
  NOT_IN_SCOPE: { title: 'Not a member of a watched group', status: 422, remedy: 'Add the person to a watched group in Entra.' },
  ACCOUNT_DISABLED: { title: 'The person is disabled in Entra', status: 422, remedy: 'Enable the person in Entra.' },
  USER_DELETED: {
    title: 'The person is deleted in Entra',
    status: 422,
    remedy: 'Restore the person in Entra under Deleted users.',
  },
  GUEST_EXCLUDED: {
    title: 'Guests are not included',
    status: 422,
    remedy: 'Switch include.guests on if guests are to get accounts.',
  },
  EMAIL_EXCLUDED: {
    title: 'The address is outside the email rules',
    status: 422,
    remedy: 'Change scope.emailInclude or scope.emailExclude.',
  },
  ATTRIBUTES_UNKNOWN: {
    title: 'The person has not been read yet',
    status: 409,
    remedy: 'Nothing to do: the attributes are read within seconds.',
  },
  MEMBER_KIND_EXCLUDED: {
    title: 'Not a person',
    status: 422,
    remedy: 'Only users are taken; devices, contacts and groups are listed for information.',
  },
  GROUP_DELETED: {
    title: 'The watched group was deleted',
    status: 409,
    remedy: 'Restore the group in Entra, or release the held changes.',
  },
  GROUP_UNWATCHED: { title: 'The group was taken out of the scope', status: 409, remedy: 'Release or reject the held changes.' },
  LAST_SUPER_ADMIN: {
    title: 'The last super admin is never deactivated by a sync',
    status: 409,
    remedy: 'Make somebody else super admin first.',
  },
  ACCOUNT_PROTECTED: {
    title: 'The account is protected',
    status: 409,
    remedy: 'Lift the protection of the account if sync may deactivate it.',
  },
  GUARD_WOULD_EMPTY: {
    title: 'The change would leave nobody',
    status: 409,
    remedy: 'Look at the held changes; release them if the group is really to be empty.',
  },
  GRAPH_UNAVAILABLE: {
    title: 'Microsoft Graph does not answer',
    status: 503,
    remedy: 'Nothing to do: it is tried again. See the service health page of Microsoft 365 if it lasts.',
  },
  GRAPH_REJECTED: {
    title: 'Microsoft Graph refused the request',
    status: 502,
    remedy: 'Report it with the request id: this is a fault of Rollcall.',
  },
  FOREIGN_LINK: {
    title: 'Graph answered a link to another host',
    status: 502,
    remedy: 'Check GRAPH_BASE_URL and proxies between Rollcall and Graph.',
  },
  GRAPH_ANSWER_INVALID: {
    title: 'Microsoft Graph answered something unusable',
    status: 502,
    remedy: 'It is tried again. If it lasts, check GRAPH_BASE_URL and proxies between Rollcall and Graph.',
  },
  APP_DISABLED: {
    title: 'The application is disabled in this tenant',
    status: 422,
    remedy:
      'In Entra open Enterprise applications, choose the application, Properties, and set "Enabled for users to sign-in" to Yes.',
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
  OBJECT_NOT_FOUND: {
    title: 'The object was not found in the tenant',
    status: 422,
    remedy: 'Check the id in Entra; a deleted object may be restored there.',
  },
  PAGE_LINK_EXPIRED: {
    title: 'The link to the next page has expired',
    status: 422,
    remedy: 'Nothing to do: the read begins anew.',
  },
  SUBSCRIPTION_NOT_FOUND: {
    title: 'The Graph subscription is gone',
    status: 422,
    remedy: 'Nothing to do: a new one is created.',
  },
  VALIDATION_FAILED: { title: 'The request is not valid', status: 400, remedy: 'Correct the named fields.' },
  UNAUTHENTICATED: { title: 'Not signed in', status: 401, remedy: 'Sign in, or send an API token as bearer.' },
  FORBIDDEN: { title: 'Not allowed', status: 403, remedy: 'Ask a super admin for the right that the message names.' },
  FOUR_EYES: {
    title: 'A second person must approve',
    status: 403,
    remedy:
      'Removals take two people here. Ask another super admin who has signed in, and who neither asked for this nor changed it, to approve it.',
  },
  GLOBAL_ADMINISTRATOR_NEEDED: {
    title: 'Only a Global Administrator connects a tenant here',
    status: 403,
    remedy:
      'Sign in with an account that is Global Administrator of this tenant at the moment, activated where the role is eligible only, and repeat it.',
  },
  NOT_FOUND: { title: 'Not found', status: 404, remedy: 'Check the id.' },
  METHOD_NOT_ALLOWED: { title: 'Method not allowed', status: 405, remedy: 'See /api/openapi.json for the methods of this path.' },
  UNSUPPORTED_MEDIA_TYPE: { title: 'Not JSON', status: 415, remedy: 'Send application/json.' },
  PAYLOAD_TOO_LARGE: { title: 'The request is too large', status: 413, remedy: 'Send less at once.' },
  PRECONDITION_FAILED: { title: 'Somebody else changed it first', status: 412, remedy: 'Load it again and repeat the change.' },
  CONFLICT: {
    title: 'Not possible in this state',
    status: 409,
    remedy: 'Load the object again; the message names the state that it is in.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    title: 'The idempotency key was used for another request',
    status: 422,
    remedy: 'Use a new key for a new request.',
  },
  RATE_LIMITED: { title: 'Too many requests', status: 429, remedy: 'Wait as long as Retry-After says.' },
  ENGINE_UNAVAILABLE: {
    title: 'Database or message log is away',
    status: 503,
    remedy: 'Nothing is lost; try again when /health/ready answers 200.',
  },
  INTERNAL_ERROR: { title: 'Unexpected failure', status: 500, remedy: 'Report it with the correlation id.' },
});

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
