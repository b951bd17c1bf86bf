import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { OverviewPage } from '../overview/overview-page.js';
import { Waiting } from '../parts/loaded.js';
import { ProblemBox } from '../parts/problem-box.js';
import { NotFoundPage } from './not-found-page.js';
import {
  activitySearch,
  compareSearch,
  connectionSearch,
  findSearch,
  heldSearch,
  peopleSearch,
  planSearch,
  stepSearch,
  tabSearch,
} from './search-params.js';
import { Shell } from './shell.js';

/** Every page and every state of it has an address; what is not on the first page is loaded when it is opened. */
const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });
const getParentRoute = () => root;

const overview = createRoute({ getParentRoute, path: '/', component: OverviewPage });

const me = createRoute({ getParentRoute, path: '/me', component: lazyRouteComponent(() => import('./me-page.js'), 'MePage') });

const connections = createRoute({
  getParentRoute,
  path: '/connections',
  component: lazyRouteComponent(() => import('../connections/connections-page.js'), 'ConnectionsPage'),
});

const connect = createRoute({
  getParentRoute,
  path: '/connections/new',
  validateSearch: stepSearch,
  component: lazyRouteComponent(() => import('../connect/connect-page.js'), 'ConnectPage'),
});

const connection = createRoute({
  getParentRoute,
  path: '/connections/$connectionId',
  component: lazyRouteComponent(() => import('../connections/connection-page.js'), 'ConnectionPage'),
});

const settings = createRoute({
  getParentRoute,
  path: '/connections/$connectionId/settings',
  validateSearch: tabSearch,
  component: lazyRouteComponent(() => import('../settings/settings-page.js'), 'SettingsPage'),
});

const credential = createRoute({
  getParentRoute,
  path: '/connections/$connectionId/credential',
  component: lazyRouteComponent(() => import('../connections/credential-page.js'), 'CredentialPage'),
});

const compare = createRoute({
  getParentRoute,
  path: '/connections/$connectionId/compare',
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import('../compare/compare-page.js'), 'ComparePage'),
});

const find = createRoute({
  getParentRoute,
  path: '/find',
  validateSearch: findSearch,
  component: lazyRouteComponent(() => import('../people/find-page.js'), 'FindPage'),
});

const people = createRoute({
  getParentRoute,
  path: '/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import('../people/people-page.js'), 'PeoplePage'),
});

const person = createRoute({
  getParentRoute,
  path: '/people/$accountId',
  component: lazyRouteComponent(() => import('../people/person-page.js'), 'PersonPage'),
});

const groups = createRoute({
  getParentRoute,
  path: '/groups',
  component: lazyRouteComponent(() => import('../people/groups-page.js'), 'GroupsPage'),
});

const group = createRoute({
  getParentRoute,
  path: '/groups/$connectionId/$groupId',
  component: lazyRouteComponent(() => import('../people/group-page.js'), 'GroupPage'),
});

const activity = createRoute({
  getParentRoute,
  path: '/activity',
  validateSearch: activitySearch,
  component: lazyRouteComponent(() => import('../activity/activity-page.js'), 'ActivityPage'),
});

const held = createRoute({
  getParentRoute,
  path: '/held-changes',
  validateSearch: heldSearch,
  component: lazyRouteComponent(() => import('../held-changes/held-changes-page.js'), 'HeldChangesPage'),
});

const runs = createRoute({
  getParentRoute,
  path: '/sync-runs',
  validateSearch: connectionSearch,
  component: lazyRouteComponent(() => import('../runs/runs-page.js'), 'RunsPage'),
});

const run = createRoute({
  getParentRoute,
  path: '/sync-runs/$runId',
  component: lazyRouteComponent(() => import('../runs/run-page.js'), 'RunPage'),
});

const plan = createRoute({
  getParentRoute,
  path: '/sync-runs/$runId/plan',
  validateSearch: planSearch,
  component: lazyRouteComponent(() => import('../runs/plan-page.js'), 'PlanPage'),
});

const undo = createRoute({
  getParentRoute,
  path: '/sync-runs/$runId/undo',
  component: lazyRouteComponent(() => import('../runs/undo-page.js'), 'UndoPage'),
});

const undoSpan = createRoute({
  getParentRoute,
  path: '/sync-runs/undo',
  validateSearch: connectionSearch,
  component: lazyRouteComponent(() => import('../runs/undo-span-page.js'), 'UndoSpanPage'),
});

const notices = createRoute({
  getParentRoute,
  path: '/notices',
  component: lazyRouteComponent(() => import('../notices/notices-page.js'), 'NoticesPage'),
});

const noticeSettings = createRoute({
  getParentRoute,
  path: '/notices/settings',
  validateSearch: connectionSearch,
  component: lazyRouteComponent(() => import('../notices/notice-settings-page.js'), 'NoticeSettingsPage'),
});

const deadLetters = createRoute({
  getParentRoute,
  path: '/dead-letters',
  validateSearch: connectionSearch,
  component: lazyRouteComponent(() => import('../dead-letters/dead-letters-page.js'), 'DeadLettersPage'),
});

const audit = createRoute({
  getParentRoute,
  path: '/audit',
  validateSearch: connectionSearch,
  component: lazyRouteComponent(() => import('../audit/audit-page.js'), 'AuditPage'),
});

const organisation = createRoute({
  getParentRoute,
  path: '/organisation',
  component: lazyRouteComponent(() => import('../organisation/organisation-page.js'), 'OrganisationPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    me,
    connections,
    connect,
    connection,
    settings,
    credential,
    compare,
    people,
    find,
    person,
    groups,
    group,
    activity,
    held,
    runs,
    run,
    plan,
    undo,
    undoSpan,
    notices,
    noticeSettings,
    deadLetters,
    audit,
    organisation,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ({ error, reset }) => <ProblemBox error={error} onRetry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
