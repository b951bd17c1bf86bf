import { define } from './problem-definition.js';

/** What Graph answers about groups and people. */
export const directoryProblems = define({
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
    remedy: 'Watch the inner groups themselves too.',
  },
  MEMBERS_UNREADABLE: {
    title: 'Members cannot be read',
    status: 422,
    remedy:
      'Grant User.Read.All as an Application permission (and Member.Read.Hidden for groups with hidden membership), with admin consent.',
  },
  USER_NOT_FOUND: {
    title: 'The person was not found in the tenant',
    status: 409,
    remedy: 'Nothing to do: the person is looked up once more before anything is removed.',
  },
  OBJECT_NOT_FOUND: {
    title: 'The object was not found in the tenant',
    status: 422,
    remedy: 'Check the id in Entra; a deleted object may be restored there.',
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
  PAGE_LINK_EXPIRED: {
    title: 'The link to the next page has expired',
    status: 422,
    remedy: 'Nothing to do: the read begins anew.',
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
});
