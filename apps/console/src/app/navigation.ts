import type { Operation } from '../api/send.js';

export interface NavigationItem {
  readonly to:
    | '/'
    | '/connections'
    | '/people'
    | '/find'
    | '/groups'
    | '/activity'
    | '/held-changes'
    | '/sync-runs'
    | '/dead-letters'
    | '/notices'
    | '/audit'
    | '/organisation';
  readonly label: string;
  /** The page is shown only where the API has this. */
  readonly needs: Operation;
}

export interface NavigationSection {
  readonly title: string | null;
  readonly items: readonly NavigationItem[];
}

/** The pages, in the order in which an admin needs them. */
export const navigation: readonly NavigationSection[] = [
  {
    title: null,
    items: [
      { to: '/', label: 'Overview', needs: 'get /me' },
      { to: '/connections', label: 'Connections', needs: 'get /connections' },
      { to: '/people', label: 'People', needs: 'get /accounts' },
      { to: '/find', label: 'Find anyone', needs: 'post /connections/{id}/check-person' },
      { to: '/groups', label: 'Groups', needs: 'get /groups' },
    ],
  },
  {
    title: 'What happened',
    items: [
      { to: '/activity', label: 'Activity', needs: 'get /activity' },
      { to: '/sync-runs', label: 'Full sync', needs: 'get /sync-runs' },
      { to: '/notices', label: 'Notices', needs: 'get /notifications' },
      { to: '/audit', label: 'Audit', needs: 'get /audit' },
    ],
  },
  {
    title: 'Needs a decision',
    items: [
      { to: '/held-changes', label: 'Held changes', needs: 'get /held-changes' },
      { to: '/dead-letters', label: 'Dead letters', needs: 'get /dead-letters' },
    ],
  },
  {
    title: 'Settings',
    items: [{ to: '/organisation', label: 'Organisation', needs: 'get /organisation' }],
  },
];
