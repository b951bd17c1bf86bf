import { Module, type DynamicModule } from '@nestjs/common';
import { AccountDesk } from './accounts/account-desk.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { ActivityController } from './activity/activity.controller.js';
import { GroupDesk } from './groups/group-desk.js';
import { GroupsController } from './groups/groups.controller.js';
import { HealthController } from './health/health.controller.js';
import { LatencyWindows } from './health/latency-windows.js';
import { HeldChangeDesk } from './held-changes/held-change-desk.js';
import { HeldChangesController } from './held-changes/held-changes.controller.js';
import { ADMIN_API_SERVICES, type AdminApiServices } from './admin-api-services.js';
import { AuditController } from './audit/audit.controller.js';
import { ChangeConnection } from './connections/change-connection.js';
import { ConnectTenant } from './connections/connect-tenant.js';
import { CheckPersonController } from './check-person/check-person.controller.js';
import { CheckPersonDesk } from './check-person/check-person-desk.js';
import { ComparisonController } from './comparison/comparison.controller.js';
import { ConnectionDesk } from './connections/connection-desk.js';
import { ConnectionsController } from './connections/connections.controller.js';
import { DisconnectTenant } from './connections/disconnect-tenant.js';
import { EnableLiveSync } from './connections/enable-live-sync.js';
import { GraphAccess } from './connections/graph-access.js';
import { DeadLetterDesk } from './dead-letters/dead-letter-desk.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DirectoryLookupController } from './directory-lookup/directory-lookup.controller.js';
import { EventStreams } from './events/event-streams.js';
import { EventsController } from './events/events.controller.js';
import { FeedEvents } from './events/feed-events.handler.js';
import { FourEyes } from './four-eyes/four-eyes.js';
import { Authenticator } from './http/authenticator.js';
import { IdempotencyInterceptor } from './http/idempotency.interceptor.js';
import { PermissionGuard } from './http/permission.guard.js';
import { ProblemFilter } from './http/problem.filter.js';
import { SessionCookies } from './http/session-cookies.js';
import { StrictRequestInterceptor } from './http/strict-request.interceptor.js';
import { MeController } from './me/me.controller.js';
import { SelfTest } from './self-test/self-test.js';
import { SelfTestController } from './self-test/self-test.controller.js';
import { TestUnsaved } from './self-test/test-unsaved.js';
import { NoticeDesk } from './notices/notice-desk.js';
import { NoticeRuleDesk } from './notices/notice-rule-desk.js';
import {
  DeliveriesController,
  NoticeChannelsController,
  NoticePreferencesController,
  NoticeRulesController,
} from './notices/notice-rules.controller.js';
import { NoticesController } from './notices/notices.controller.js';
import { OrganisationController } from './organisation/organisation.controller.js';
import { OrganisationDesk } from './organisation/organisation-desk.js';
import { PinsController } from './pins/pins.controller.js';
import { PreviewController } from './preview/preview.controller.js';
import { PreviewDesk } from './preview/preview-desk.js';
import { ProofController } from './proof/proof.controller.js';
import { ProofDesk } from './proof/proof-desk.js';
import { PlanController } from './sync-runs/plan.controller.js';
import { PlanDesk } from './sync-runs/plan-desk.js';
import { RunDesk } from './sync-runs/run-desk.js';
import { UndoDesk } from './sync-runs/undo-desk.js';
import { RequestRunController, SyncRunsController } from './sync-runs/sync-runs.controller.js';
import { SimulatedTenantController } from './simulated-tenant/simulated-tenant.controller.js';
import { OidcSignInController } from './sign-in/oidc-sign-in.controller.js';
import { SignInNotes } from './sign-in/sign-in-notes.js';
import { SignInGuard } from './sign-in/sign-in.guard.js';
import { SignInController } from './sign-in/sign-in.controller.js';

/** The controllers of the API; each is made by `AdminController`, so none is outside the guard. */
export const apiControllers = [
  AccountsController,
  ActivityController,
  AuditController,
  CheckPersonController,
  ComparisonController,
  ConnectionsController,
  DeadLettersController,
  DeliveriesController,
  DirectoryLookupController,
  EventsController,
  GroupsController,
  HealthController,
  HeldChangesController,
  MeController,
  NoticeChannelsController,
  NoticePreferencesController,
  NoticeRulesController,
  NoticesController,
  OrganisationController,
  PinsController,
  PlanController,
  PreviewController,
  ProofController,
  RequestRunController,
  SelfTestController,
  SimulatedTenantController,
  SyncRunsController,
];

@Module({})
export class AdminApiModule {
  static register(services: AdminApiServices): DynamicModule {
    return {
      module: AdminApiModule,
      controllers: [...apiControllers, FeedEvents, SignInController, OidcSignInController],
      providers: [
        { provide: ADMIN_API_SERVICES, useValue: services },
        AccountDesk,
        Authenticator,
        ChangeConnection,
        CheckPersonDesk,
        ConnectionDesk,
        ConnectTenant,
        DeadLetterDesk,
        DisconnectTenant,
        EnableLiveSync,
        EventStreams,
        FourEyes,
        GraphAccess,
        GroupDesk,
        HeldChangeDesk,
        IdempotencyInterceptor,
        LatencyWindows,
        NoticeDesk,
        NoticeRuleDesk,
        OrganisationDesk,
        PermissionGuard,
        ProblemFilter,
        PlanDesk,
        PreviewDesk,
        ProofDesk,
        RunDesk,
        SelfTest,
        SessionCookies,
        SignInGuard,
        SignInNotes,
        StrictRequestInterceptor,
        TestUnsaved,
        UndoDesk,
      ],
    };
  }
}
