// Generated from apps/admin-api/openapi.json by `npm run generate:console-types`.
export interface paths {
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AccountsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["AccountsController_activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/activate/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["AccountsController_undoActivation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AccountsController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["AccountsController_patch"];
        trace?: never;
    };
    "/api/v1/accounts/{id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AccountsController_why"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ActivityController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AuditController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/check-person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["CheckPersonController_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ComparisonController_compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ConnectionsController_list"];
        put?: never;
        post: operations["ConnectionsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ConnectionsController_get"];
        put?: never;
        post?: never;
        delete: operations["ConnectionsController_end"];
        options?: never;
        head?: never;
        patch: operations["ConnectionsController_patch"];
        trace?: never;
    };
    "/api/v1/connections/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ConnectionsController_enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ConnectionsController_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["DeadLettersController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["DeadLettersController_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["DeadLettersController_discard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notification-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["DeliveriesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notification-deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["DeliveriesController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/look-up-tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["DirectoryLookupController_lookUpTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/search-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["DirectoryLookupController_searchGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["EventsController_follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["GroupsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["GroupsController_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["HealthController_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/held-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["HeldChangesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/held-changes/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["HeldChangesController_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/held-changes/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["HeldChangesController_reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MeController_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["MeController_patch"];
        trace?: never;
    };
    "/api/v1/notification-channels/{channel}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["NoticeChannelsController_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notification-preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["NoticePreferencesController_preferences"];
        put: operations["NoticePreferencesController_putPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notification-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["NoticeRulesController_rules"];
        put: operations["NoticeRulesController_putRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["NoticesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["NoticesController_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["NoticesController_readAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["NoticesController_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["OrganisationController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["OrganisationController_patch"];
        trace?: never;
    };
    "/api/v1/pins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["PinsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["PinsController_lift"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync-runs/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["PlanController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync-runs/{id}/changes/{changeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["PlanController_decideOne"];
        trace?: never;
    };
    "/api/v1/sync-runs/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PlanController_decideMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync-runs/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PlanController_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync-runs/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PlanController_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync-runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PlanController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PreviewController_ofNew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PreviewController_ofStored"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync-runs/{id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ProofController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/sync-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["RequestRunController_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["SelfTestController_testUnsaved"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["SelfTestController_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/simulated-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["SimulatedTenantController_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["SyncRunsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync-runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["SyncRunsController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            connectionId: string;
            entraObjectId: string;
            displayName: string | null;
            givenName: string | null;
            surname: string | null;
            email: string | null;
            userPrincipalName: string | null;
            /** @enum {string} */
            status: "inactive" | "active" | "deactivated";
            statusReason: components["schemas"]["Reason"] | null;
            roles: string[];
            protected: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Reason: {
            code: string;
            message: string;
            remedy: string;
        };
        AccountExplanation: {
            account: components["schemas"]["Account"];
            revision: number;
            person: {
                state: string | null;
                attributes: {
                    [key: string]: unknown;
                };
                version: {
                    readNo: number;
                    page: number;
                } | null;
            };
            groups: {
                groupId: string;
                displayName: string | null;
                present: boolean;
                granted: boolean;
                path: string[];
                version: {
                    readNo: number;
                    page: number;
                };
                writtenBy: string;
                /** Format: date-time */
                noticedAt: string | null;
                /** Format: date-time */
                changedAt: string;
            }[];
            rules: {
                rule: string;
                passed: boolean;
                seen: {
                    [key: string]: unknown;
                };
            }[];
            reason: components["schemas"]["Reason"] | null;
            pins: {
                id: string;
                groupId: string | null;
                /** @enum {string} */
                keep: "in" | "out";
                /** @enum {string|null} */
                field: "displayName" | "givenName" | "surname" | "email" | "userPrincipalName" | null;
                refused: string | null;
                reason: string;
                pinnedBy: string;
                /** Format: date-time */
                pinnedAt: string;
            }[];
            holds: {
                id: string;
                groupId: string | null;
                action: string;
                reason: components["schemas"]["Reason"];
                /** Format: date-time */
                heldAt: string;
            }[];
            journal: components["schemas"]["Activity"][];
            now: {
                deactivate: string | null;
                reactivate: boolean;
                fields: {
                    [key: string]: unknown;
                };
                grants: string[];
                revocations: string[];
                held: {
                    [key: string]: unknown;
                }[];
            } | null;
        };
        Activity: {
            id: string;
            /** Format: uuid */
            connectionId: string;
            /** Format: uuid */
            accountId: string;
            entraObjectId: string;
            displayName: string | null;
            groupId: string | null;
            type: string;
            before: {
                [key: string]: unknown;
            } | null;
            after: {
                [key: string]: unknown;
            } | null;
            cause: {
                kind: string;
                id: string;
            };
            /** Format: uuid */
            runId: string | null;
            /** Format: date-time */
            noticedAt: string | null;
            /** Format: date-time */
            readAt: string | null;
            /** Format: date-time */
            publishedAt: string | null;
            /** Format: date-time */
            appliedAt: string;
        };
        PersonCheck: {
            found: {
                id: string;
                /** @enum {string} */
                state: "present" | "softDeleted";
                unreadable: boolean;
                attributes: {
                    displayName?: string | null;
                    givenName?: string | null;
                    surname?: string | null;
                    mail?: string | null;
                    userPrincipalName?: string | null;
                    otherMails?: string[];
                    accountEnabled?: boolean | null;
                    userType?: string | null;
                } & {
                    [key: string]: unknown;
                };
            } | null;
            account: {
                /** Format: uuid */
                id: string;
                status: string;
            } | null;
            steps: {
                /** @enum {string} */
                step: "read" | "scope" | "match" | "decide" | "apply";
                ok: boolean;
                message: string;
                reason: components["schemas"]["Reason"] | null;
            }[];
            groups: {
                groupId: string;
                /** @description By the person's own side, now; inner groups count */
                named: boolean;
                /** @description As a direct member, here */
                known: boolean;
                /** @description Named because of a group inside it alone, whose people are not taken */
                inner: boolean;
            }[];
            effects: {
                type: string;
                groupId: string | null;
                before: {
                    [key: string]: unknown;
                } | null;
                after: {
                    [key: string]: unknown;
                } | null;
            }[];
            /** @description False where live sync is off, or the connection not enabled: what would follow waits for a full sync, and `apply` is refused */
            live: boolean;
            /** @description True where the differences were handed over, to be read directly and applied */
            applied: boolean;
        };
        Connection: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            organisationId: string;
            name: string;
            tenantId: string;
            /** @enum {string} */
            cloud: "global" | "usGovL4" | "usGovL5" | "china" | "simulated";
            /** @enum {string} */
            state: "created" | "enabled" | "paused" | "quarantined" | "disconnected";
            reason: components["schemas"]["Reason"] | null;
            /** Format: date-time */
            nextTryAt: string | null;
            credential: {
                /** @enum {string} */
                kind: "clientSecret";
                clientId: string;
                /** Format: date-time */
                expiresAt: string | null;
                problem: components["schemas"]["Reason"] | null;
                /** Format: date-time */
                failedAt: string | null;
            };
            scope: {
                /**
                 * @default groups
                 * @enum {string}
                 */
                mode: "groups" | "allUsers";
                /** @default [] */
                groups: string[];
                /** @default null */
                filter: string | null;
                /** @default [] */
                emailInclude: string[];
                /** @default [] */
                emailExclude: string[];
            };
            settings: {
                scope: {
                    /**
                     * @default groups
                     * @enum {string}
                     */
                    mode: "groups" | "allUsers";
                    /** @default [] */
                    groups: string[];
                    /** @default null */
                    filter: string | null;
                    /** @default [] */
                    emailInclude: string[];
                    /** @default [] */
                    emailExclude: string[];
                };
                include: {
                    /** @default false */
                    guests: boolean;
                    /** @default false */
                    nested: boolean;
                    /** @default false */
                    devices: boolean;
                };
                newAccount: {
                    /**
                     * @default inactive
                     * @enum {string}
                     */
                    state: "inactive" | "active";
                    /**
                     * @default never
                     * @enum {string}
                     */
                    invite: "never" | "onActivation" | "onCreation";
                };
                leaver: {
                    /**
                     * @default deactivate
                     * @enum {string}
                     */
                    action: "deactivate" | "keep";
                };
                identity: {
                    /**
                     * @default [
                     *       "mail",
                     *       "userPrincipalName"
                     *     ]
                     */
                    email: ("mail" | "userPrincipalName" | "otherMails")[];
                };
                trigger: {
                    /** @default true */
                    live: boolean;
                    /**
                     * @default {
                     *       "at": "02:00",
                     *       "zone": "UTC"
                     *     }
                     */
                    fullSync: ({
                        at: string;
                        /** @default UTC */
                        zone: string;
                    } | {
                        everyHours: number;
                    }) | null;
                };
                /**
                 * @default automatic
                 * @enum {string}
                 */
                apply: "automatic" | "reviewRemovals" | "reviewAll";
                guard: {
                    /** @default 500 */
                    maxRemovals: number | null;
                    /** @default 20 */
                    maxRemovalPercent: number | null;
                    /** @default 60 */
                    windowMinutes: number;
                };
                fields: {
                    [key: string]: {
                        /**
                         * @default directory
                         * @enum {string}
                         */
                        owner: "directory" | "manual";
                    };
                };
                notify: {
                    /** @default null */
                    onRefresh: {
                        /** @default [] */
                        recipients: string[];
                        /** @default [] */
                        channels: ("inProduct" | "mail" | "teams" | "webhook")[];
                    } | null;
                };
            };
            watchedGroups: {
                id: string;
                displayName: string | null;
            }[];
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Delivery: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            connectionId: string | null;
            /** Format: uuid */
            alertId: string | null;
            /** @enum {string} */
            kind: "runFinished" | "runFailed" | "runOverdue" | "toReview" | "guardHolding" | "credentialEnding" | "consentLost" | "subscriptionLost" | "noticesMissed" | "deadLetters" | "quarantined" | "digest" | "test";
            /** @enum {string} */
            channel: "inProduct" | "mail" | "teams" | "webhook";
            title: string;
            recipient: {
                /** Format: uuid */
                memberId: string;
                displayName: string;
                email: string | null;
            } | null;
            note: string | null;
            /** @enum {string} */
            state: "waiting" | "sent" | "failed" | "replaced" | "superseded";
            /**
             * Format: date-time
             * @description When it is tried next; null where it is not
             */
            nextAttemptAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            settledAt: string | null;
            attempts: {
                number: number;
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                outcome: "delivered" | "refused" | "failed";
                /** @description The other side's status, such as HTTP `202` or SMTP `550`; a code of Rollcall's own where there is none */
                code: string;
                /** @description What the other side said beside its status, at most 500 characters */
                answer: string;
            }[];
        };
        FoundTenant: {
            tenantId: string;
        };
        FoundGroup: {
            id: string;
            displayName: string | null;
            kind: string;
            mail: string | null;
        };
        Group: {
            id: string;
            /** Format: uuid */
            connectionId: string;
            displayName: string | null;
            /** @enum {string} */
            state: "present" | "softDeleted" | "deleted" | "unwatched";
            memberCount: number;
        };
        GroupMember: {
            entraObjectId: string;
            memberType: string;
            /** Format: uuid */
            accountId: string | null;
            displayName: string | null;
            /** @enum {string|null} */
            status: "inactive" | "active" | "deactivated" | null;
            inDirectory: boolean;
            granted: boolean;
            /** @enum {string|null} */
            kept: "held" | "pinned" | null;
            skipped: components["schemas"]["Reason"] | null;
        };
        ConnectionHealth: {
            /** Format: uuid */
            connectionId: string;
            /** @enum {string} */
            state: "created" | "enabled" | "paused" | "quarantined" | "disconnected";
            /** @enum {string} */
            mode: "off" | "perGroup" | "perTenant" | "polling" | "sweepOnly";
            problem: components["schemas"]["Reason"] | null;
            /** Format: date-time */
            degradedSince: string | null;
            blocked: {
                code: string;
                /** Format: date-time */
                until: string;
            } | null;
            throttle: {
                load: number | null;
                /** Format: date-time */
                waitsUntil: string | null;
            };
            /** Format: date-time */
            lastSweepAt: string | null;
            missedNotices: number;
            heldChanges: number;
            chains: {
                id: string;
                kind: string;
                state: string;
                groupIds: string[];
                /** Format: date-time */
                lastReadAt: string | null;
                due: boolean;
                inRound: boolean;
                failureCode: string | null;
                failures: number;
                /** Format: date-time */
                retryAt: string | null;
            }[];
            subscriptions: {
                resource: string;
                purpose: string;
                groupId: string | null;
                subscriptionId: string | null;
                /** Format: date-time */
                expiresAt: string | null;
                /** Format: date-time */
                renewedAt: string | null;
            }[];
            rechecks: {
                size: number;
                oldestSeconds: number;
            };
            principals: {
                pending: number;
                unreadable: number;
                missing: number;
            };
            baselines: {
                groupId: string;
                reason: string;
                runId: string | null;
            }[];
            people: {
                inactive: number;
                /** Format: date-time */
                inactiveSince: string | null;
                active: number;
                deactivated: number;
                skippedByReason: {
                    [key: string]: number;
                };
                pins: number;
                waiting: number;
            };
            latency: {
                "1h": {
                    changes: number;
                    noticedToRead: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                    readToPublished: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                    publishedToApplied: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                    noticedToApplied: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                };
                "24h": {
                    changes: number;
                    noticedToRead: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                    readToPublished: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                    publishedToApplied: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                    noticedToApplied: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                };
                "7d": {
                    changes: number;
                    noticedToRead: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                    readToPublished: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                    publishedToApplied: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                    noticedToApplied: {
                        p50Ms: number | null;
                        p95Ms: number | null;
                        p99Ms: number | null;
                    };
                };
            };
        };
        HeldChange: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            connectionId: string;
            groupId: string | null;
            entraObjectId: string;
            /** Format: uuid */
            accountId: string | null;
            displayName: string | null;
            /** @enum {string} */
            action: "create" | "reactivate" | "update" | "deactivate" | "grant" | "revoke";
            reason: components["schemas"]["Reason"];
            /** Format: date-time */
            heldAt: string;
            /** @enum {string} */
            state: "open" | "released" | "rejected" | "void";
            closed: {
                /** Format: date-time */
                at: string;
                by: {
                    id: string;
                    displayName: string | null;
                } | null;
                note: string | null;
            } | null;
            firstApproval: components["schemas"]["FirstApproval"] | null;
        };
        FirstApproval: {
            by: {
                id: string;
                displayName: string | null;
            };
            /** Format: date-time */
            at: string;
        };
        NotificationPreferences: {
            zone: string | null;
            quietHours: {
                from: string;
                to: string;
            } | null;
            digest: {
                at: string;
                channels: ("inProduct" | "mail")[];
            } | null;
        };
        NotificationRules: {
            /** Format: uuid */
            connectionId: string | null;
            kinds: {
                /** @enum {string} */
                kind: "runFinished" | "runFailed" | "runOverdue" | "toReview" | "guardHolding" | "credentialEnding" | "consentLost" | "subscriptionLost" | "noticesMissed" | "deadLetters" | "quarantined";
                title: string;
            }[];
            superAdmins: {
                /** Format: uuid */
                id: string;
                displayName: string;
                email: string | null;
            }[];
            chosen: {
                [key: string]: components["schemas"]["NotificationRule"];
            };
            effective: {
                [key: string]: components["schemas"]["NotificationRule"];
            };
            destinations: {
                /** @enum {string} */
                channel: "inProduct" | "mail" | "teams" | "webhook";
                host: string;
                /** Format: date-time */
                updatedAt: string;
            }[];
            channels: {
                /** @enum {string} */
                channel: "inProduct" | "mail" | "teams" | "webhook";
                isOn: boolean;
                reason: string | null;
            }[];
        };
        /** @description No recipients: all super admins. No channels: nobody is told */
        NotificationRule: {
            recipients: string[];
            channels: ("inProduct" | "mail" | "teams" | "webhook")[];
        };
        Notice: {
            /** Format: uuid */
            id: string;
            position: number;
            /** Format: uuid */
            connectionId: string | null;
            /** @enum {string} */
            kind: "runFinished" | "runFailed" | "runOverdue" | "toReview" | "guardHolding" | "credentialEnding" | "consentLost" | "subscriptionLost" | "noticesMissed" | "deadLetters" | "quarantined" | "digest" | "test";
            /** @enum {string} */
            severity: "info" | "problem" | "resolved";
            content: components["schemas"]["NoticeContent"];
            note: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            readAt: string | null;
            alert: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                state: "open" | "resolved";
                count: number;
                updatedAt: string;
                resolvedAt: string | null;
            } | null;
        };
        NoticeContent: {
            title: string;
            sentences: string[];
            facts: {
                label: string;
                value: string;
                /**
                 * @description The value is an instant in ISO 8601.
                 * @enum {boolean}
                 */
                isInstant?: true;
            }[];
            links: {
                label: string;
                path: string;
            }[];
        };
        Alert: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            connectionId: string | null;
            /** @enum {string} */
            kind: "runFinished" | "runFailed" | "runOverdue" | "toReview" | "guardHolding" | "credentialEnding" | "consentLost" | "subscriptionLost" | "noticesMissed" | "deadLetters" | "quarantined";
            cause: string;
            stage: string;
            isUrgent: boolean;
            /** @enum {string} */
            state: "open" | "resolved";
            count: number;
            content: components["schemas"]["NoticeContent"];
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            resolvedAt: string | null;
        };
        Organisation: {
            /** Format: uuid */
            id: string;
            name: string;
            timeZone: string;
            supportContact: string | null;
            fourEyesOnRemovals: boolean;
            connectAsGlobalAdministrator: boolean;
            identityProvider: boolean;
        };
        Pin: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            connectionId: string;
            entraObjectId: string;
            /** Format: uuid */
            accountId: string | null;
            displayName: string | null;
            groupId: string | null;
            /** @enum {string} */
            keep: "in" | "out";
            /** @enum {string|null} */
            field: "displayName" | "givenName" | "surname" | "email" | "userPrincipalName" | null;
            refused: string | null;
            reason: string;
            pinnedBy: string;
            pinnedByName: string | null;
            /** Format: date-time */
            pinnedAt: string;
        };
        PlannedChange: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            action: "create" | "update" | "deactivate" | "reactivate" | "grant" | "revoke" | "skip";
            entraObjectId: string;
            displayName: string | null;
            /** Format: uuid */
            accountId: string | null;
            groupId: string | null;
            before: {
                [key: string]: unknown;
            } | null;
            after: {
                [key: string]: unknown;
            } | null;
            /** @enum {string} */
            decision: "apply" | "skip";
            keptFields: string[];
            carriedOver: boolean;
            /** @enum {string|null} */
            outcome: "applied" | "skipped" | "stale" | "failed" | null;
            reason: components["schemas"]["Reason"] | null;
        };
        SyncRun: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            connectionId: string;
            /** @enum {string} */
            kind: "full" | "group" | "problems" | "scratch" | "undo";
            undoes?: {
                /** Format: uuid */
                runId: string;
            } | {
                from: string;
                to: string;
            };
            /** @enum {string} */
            apply: "automatic" | "review";
            /** @enum {string} */
            state: "requested" | "reading" | "comparing" | "awaitingReview" | "approved" | "applying" | "completed" | "failed" | "cancelled" | "superseded";
            reason: string;
            groupIds: string[] | null;
            planHash: string | null;
            progress: {
                groups: {
                    total: number;
                    read: number;
                    unreadable: number;
                };
                pages: number;
                membersRead: number;
                compared: number;
                toApply: number | null;
                applied: number;
                perSecond: number | null;
                secondsLeft: number | null;
            };
            waiting: {
                code: string;
                /** Format: date-time */
                until: string;
            } | null;
            summary: ({
                fetched: number;
                processed: number;
                created: number;
                updated: number;
                deactivated: number;
                reactivated: number;
                granted: number;
                revoked: number;
                unchanged: number;
                skipped: number;
                stale: number;
                held: number;
                failed?: number;
                missedNotices?: number;
                proof?: {
                    equal: number;
                    different: number;
                    unread: number;
                    differing: number;
                    unexplained: number;
                } & {
                    [key: string]: unknown;
                };
                skippedByReason: {
                    [key: string]: number;
                };
                unreadable: ({
                    groupId: string;
                    code: string;
                } & {
                    [key: string]: unknown;
                })[];
                graphRequests: number;
                durationMs: number;
            } & {
                [key: string]: unknown;
            }) | null;
            error: {
                code: string;
                message: string;
                remedy?: string;
            } | null;
            undone: boolean;
            undoneBy: {
                /** Format: uuid */
                runId: string;
                requestedBy: string;
            } | null;
            /** Format: date-time */
            requestedAt: string;
            requestedBy: string;
            approvedBy: string | null;
            cancelledBy: string | null;
            /** Format: uuid */
            supersededBy: string | null;
            actors?: {
                id: string;
                displayName: string | null;
            }[];
            firstApproval?: components["schemas"]["FirstApproval"] | null;
            /** Format: date-time */
            endedAt: string | null;
            /** Format: date-time */
            expiresAt: string | null;
        };
        Preview: {
            groups: {
                id: string;
                displayName: string | null;
                /** @enum {string} */
                kind: "microsoft365" | "security" | "mailEnabledSecurity" | "distribution" | "unknown";
                /** @description Entra's own count of direct members */
                inEntra: number | null;
                /** @description What the read found, by kind */
                members: {
                    [key: string]: number;
                };
                unreadable: number;
                complete: boolean;
                problems: components["schemas"]["Reason"][];
            }[];
            /** @description False where a group was not read to its end: counts are too few then */
            complete: boolean;
            counts: {
                people: number;
                create: number;
                reactivate: number;
                update: number;
                grant: number;
                deactivate: number;
                unchanged: number;
                skip: number;
            };
            skippedByReason: {
                [key: string]: number;
            };
            people: components["schemas"]["PreviewedPerson"][];
            skipped: components["schemas"]["PreviewedPerson"][];
        };
        PreviewedPerson: {
            entraObjectId: string;
            displayName: string | null;
            email: string | null;
            userPrincipalName: string | null;
            groupIds: string[];
            /** @enum {string} */
            action: "create" | "reactivate" | "update" | "grant" | "deactivate" | "unchanged" | "skip";
            reason: components["schemas"]["Reason"] | null;
        };
        Problem: {
            type: string;
            code: string;
            title: string;
            status: number;
            detail: string;
            remedy: string;
            correlationId: string;
            errors?: {
                field: string;
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    AccountsController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                connectionId?: string;
                status?: "inactive" | "active" | "deactivated";
                group?: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Account"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AccountsController_activate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        activated: number;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AccountsController_undoActivation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        setInactive: number;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AccountsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AccountsController_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status?: "inactive" | "active" | "deactivated";
                    protected?: boolean;
                    roles?: string[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AccountsController_why: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountExplanation"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ActivityController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                connectionId?: string;
                account?: string;
                cause?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Activity"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AuditController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            /** Format: date-time */
                            at: string;
                            actor: {
                                id: string;
                                displayName: string | null;
                                kind: string;
                            };
                            /** Format: uuid */
                            connectionId: string | null;
                            action: string;
                            before: {
                                [key: string]: unknown;
                            } | null;
                            after: {
                                [key: string]: unknown;
                            } | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CheckPersonController_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Any mail, user principal name or object id of the tenant */
                    person: string;
                    /** @default false */
                    apply?: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonCheck"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ComparisonController_compare: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                side?: "onlyInEntra" | "different" | "onlyHere";
                /** @description csv: all of it as a file, not a page of it; also asked for by Accept: text/csv */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By Accept: a page of the comparison with its counts, or all of it as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            side: "onlyInEntra" | "different" | "onlyHere";
                            /** @enum {string} */
                            action: "create" | "update" | "deactivate" | "reactivate" | "grant" | "revoke" | "skip";
                            entraObjectId: string;
                            displayName: string | null;
                            /** Format: uuid */
                            accountId: string | null;
                            groupId: string | null;
                            before: {
                                [key: string]: unknown;
                            } | null;
                            after: {
                                [key: string]: unknown;
                            } | null;
                            reason: {
                                code: string;
                                message: string;
                                remedy: string;
                            } | null;
                        }[];
                        nextCursor: string | null;
                        /** @description The newest complete read; null where there is none yet */
                        run: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            comparedAt: string;
                            unreadGroupIds: string[];
                        } | null;
                        /** @description People per side */
                        counts: {
                            onlyInEntra: number;
                            different: number;
                            onlyHere: number;
                        };
                        /** @description Members whom the read did not list and whose own side did not agree */
                        unconfirmed: number;
                    };
                    "text/csv": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ConnectionsController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "created" | "enabled" | "paused" | "quarantined" | "disconnected";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Connection"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ConnectionsController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    tenantId: string;
                    /**
                     * @default global
                     * @enum {string}
                     */
                    cloud?: "global" | "usGovL4" | "usGovL5" | "china" | "simulated";
                    credential: {
                        /** @enum {string} */
                        kind: "clientSecret";
                        clientId: string;
                        clientSecret: string;
                        /** @default null */
                        expiresAt?: (string) | null;
                    };
                    scope: {
                        /** @enum {string} */
                        mode?: "groups" | "allUsers";
                        groups?: string[];
                        filter?: string | null;
                        emailInclude?: string[];
                        emailExclude?: string[];
                    };
                    /**
                     * @description Nested by the names of the settings, such as {"guard": {"maxRemovals": 50}}; unknown names are refused; for true and false, on and off are taken as well
                     * @default {}
                     */
                    settings?: {
                        [key: string]: unknown;
                    };
                    /** @default false */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ConnectionsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ConnectionsController_end: {
        parameters: {
            query?: {
                deactivateAccounts?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ConnectionsController_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    scope?: {
                        /** @enum {string} */
                        mode?: "groups" | "allUsers";
                        groups?: string[];
                        filter?: string | null;
                        emailInclude?: string[];
                        emailExclude?: string[];
                    };
                    /** @description Nested by the names of the settings, such as {"guard": {"maxRemovals": 50}}; unknown names are refused; for true and false, on and off are taken as well */
                    settings?: {
                        [key: string]: unknown;
                    };
                    credential?: {
                        clientSecret: string;
                        /** @default null */
                        expiresAt?: (string) | null;
                    };
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ConnectionsController_enable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ConnectionsController_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeadLettersController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            connectionId: string | null;
                            group: string;
                            topic: string;
                            eventId: string | null;
                            eventType: string | null;
                            reason: {
                                code: string;
                                message: string;
                            };
                            attempts: number;
                            /** Format: date-time */
                            firstAt: string;
                            /** Format: date-time */
                            lastAt: string;
                            payload: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeadLettersController_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        state: "replayed" | "discarded";
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeadLettersController_discard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        state: "replayed" | "discarded";
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeliveriesController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "waiting" | "sent" | "failed" | "replaced" | "superseded";
                alertId?: string;
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeliveriesController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DirectoryLookupController_lookUpTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A directory (tenant) id or a verified domain */
                    tenant: string;
                    /**
                     * @default global
                     * @enum {string}
                     */
                    cloud?: "global" | "usGovL4" | "usGovL5" | "china" | "simulated";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundTenant"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DirectoryLookupController_searchGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tenantId: string;
                    /**
                     * @default global
                     * @enum {string}
                     */
                    cloud?: "global" | "usGovL4" | "usGovL5" | "china" | "simulated";
                    credential: {
                        clientId: string;
                        clientSecret: string;
                    };
                    /** @description The beginning of the name */
                    text: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FoundGroup"][];
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EventsController_follow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GroupsController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Group"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GroupsController_members: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                connectionId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GroupMember"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    HealthController_health: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionHealth"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    HeldChangesController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                connectionId?: string;
                groupId?: string;
                account?: string;
                state?: "open" | "released" | "rejected" | "void" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HeldChange"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    HeldChangesController_release: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                } | {
                    /** Format: uuid */
                    connectionId: string;
                    groupId?: string;
                    /** Format: date-time */
                    asOf?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                        waiting?: number;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    HeldChangesController_reject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                } | {
                    /** Format: uuid */
                    connectionId: string;
                    groupId?: string;
                    /** Format: date-time */
                    asOf?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MeController_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "person" | "token" | "system";
                        displayName: string;
                        email: string | null;
                        emailIsProven: boolean;
                        /** @enum {string} */
                        role: "superAdmin" | "itAdmin" | "viewer";
                        permissions: ("sync.configure" | "sync.run" | "sync.approve" | "sync.read")[];
                        simulatorPageUrl: string | null;
                        organisation: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            timeZone: string;
                            supportContact: string | null;
                        } | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MeController_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email?: string | null;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "person" | "token" | "system";
                        displayName: string;
                        email: string | null;
                        emailIsProven: boolean;
                        /** @enum {string} */
                        role: "superAdmin" | "itAdmin" | "viewer";
                        permissions: ("sync.configure" | "sync.run" | "sync.approve" | "sync.read")[];
                        simulatorPageUrl: string | null;
                        organisation: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            timeZone: string;
                            supportContact: string | null;
                        } | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NoticeChannelsController_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    connectionId?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NoticePreferencesController_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPreferences"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NoticePreferencesController_putPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    zone?: string | null;
                    /** @default null */
                    quietHours?: {
                        from: string;
                        to: string;
                    } | null;
                    /**
                     * @default {
                     *       "at": "08:00",
                     *       "channels": [
                     *         "mail"
                     *       ]
                     *     }
                     */
                    digest?: {
                        at: string;
                        channels: ("inProduct" | "mail")[];
                    } | null;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPreferences"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NoticeRulesController_rules: {
        parameters: {
            query?: {
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationRules"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NoticeRulesController_putRules: {
        parameters: {
            query?: {
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default {} */
                    rules?: {
                        [key: string]: {
                            /** @default [] */
                            recipients?: string[];
                            channels: ("inProduct" | "mail" | "teams" | "webhook")[];
                        } | null;
                    };
                    teams?: {
                        /** Format: uri */
                        url: string;
                    } | null;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        secret?: string;
                    } | null;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        connectionId: string | null;
                        kinds: {
                            /** @enum {string} */
                            kind: "runFinished" | "runFailed" | "runOverdue" | "toReview" | "guardHolding" | "credentialEnding" | "consentLost" | "subscriptionLost" | "noticesMissed" | "deadLetters" | "quarantined";
                            title: string;
                        }[];
                        superAdmins: {
                            /** Format: uuid */
                            id: string;
                            displayName: string;
                            email: string | null;
                        }[];
                        chosen: {
                            [key: string]: components["schemas"]["NotificationRule"];
                        };
                        effective: {
                            [key: string]: components["schemas"]["NotificationRule"];
                        };
                        destinations: {
                            /** @enum {string} */
                            channel: "inProduct" | "mail" | "teams" | "webhook";
                            host: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        channels: {
                            /** @enum {string} */
                            channel: "inProduct" | "mail" | "teams" | "webhook";
                            isOn: boolean;
                            reason: string | null;
                        }[];
                        webhookSecret: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NoticesController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                unread?: string;
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Notice"][];
                        nextCursor: string | null;
                        unread: number;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NoticesController_alerts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "open" | "resolved";
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Alert"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NoticesController_readAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    upToPosition: number;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NoticesController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OrganisationController_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OrganisationController_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    timeZone?: string;
                    supportContact?: string | null;
                    fourEyesOnRemovals?: boolean;
                    connectAsGlobalAdministrator?: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PinsController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                connectionId?: string;
                groupId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pin"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PinsController_lift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "lifted";
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PlanController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                action?: "create" | "update" | "deactivate" | "reactivate" | "grant" | "revoke" | "skip";
                decision?: "apply" | "skip";
                outcome?: "applied" | "skipped" | "stale" | "failed" | "pending";
                groupId?: string;
                q?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PlannedChange"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PlanController_decideOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                changeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision?: "apply" | "skip";
                    keepFields?: ("displayName" | "givenName" | "surname" | "email" | "userPrincipalName")[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Covers items and decisions; approving names it */
                        planHash: string;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PlanController_decideMany: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter: {
                        ids?: string[];
                        /** @enum {string} */
                        action?: "create" | "update" | "deactivate" | "reactivate" | "grant" | "revoke" | "skip";
                        actions?: ("create" | "update" | "deactivate" | "reactivate" | "grant" | "revoke" | "skip")[];
                        groupId?: string;
                        entraObjectId?: string;
                        /** Format: uuid */
                        accountId?: string;
                    };
                    /** @enum {string} */
                    decision: "apply" | "skip";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Covers items and decisions; approving names it */
                        planHash: string;
                        count: number;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PlanController_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    planHash: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncRun"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PlanController_undo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @default review
                     * @enum {string}
                     */
                    apply?: "automatic" | "review";
                };
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncRun"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PlanController_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncRun"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PreviewController_ofNew: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    tenantId: string;
                    /**
                     * @default global
                     * @enum {string}
                     */
                    cloud?: "global" | "usGovL4" | "usGovL5" | "china" | "simulated";
                    credential: {
                        /** @enum {string} */
                        kind: "clientSecret";
                        clientId: string;
                        clientSecret: string;
                        /** @default null */
                        expiresAt?: (string) | null;
                    };
                    scope: {
                        /** @enum {string} */
                        mode?: "groups" | "allUsers";
                        groups?: string[];
                        filter?: string | null;
                        emailInclude?: string[];
                        emailExclude?: string[];
                    };
                    /**
                     * @description Nested by the names of the settings, such as {"guard": {"maxRemovals": 50}}; unknown names are refused; for true and false, on and off are taken as well
                     * @default {}
                     */
                    settings?: {
                        [key: string]: unknown;
                    };
                    /** @default false */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PreviewController_ofStored: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    tenantId?: string;
                    scope?: {
                        /** @enum {string} */
                        mode?: "groups" | "allUsers";
                        groups?: string[];
                        filter?: string | null;
                        emailInclude?: string[];
                        emailExclude?: string[];
                    };
                    /** @default false */
                    enabled?: boolean;
                    /** @enum {string} */
                    cloud?: "global" | "usGovL4" | "usGovL5" | "china" | "simulated";
                    /** @description Nested by the names of the settings, such as {"guard": {"maxRemovals": 50}}; unknown names are refused; for true and false, on and off are taken as well */
                    settings?: {
                        [key: string]: unknown;
                    };
                    credential?: {
                        /** @enum {string} */
                        kind?: "clientSecret";
                        clientId?: string;
                        clientSecret: string;
                        /** @default null */
                        expiresAt?: (string) | null;
                    };
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ProofController_show: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                groupId?: string;
                /** @description csv: all of it as a file, not a page of it; also asked for by Accept: text/csv */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By Accept: a page of the proof, or all of it as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            groupId: string;
                            entraObjectId: string;
                            displayName: string | null;
                            /** @enum {string} */
                            side: "onlyInEntra" | "onlyHere";
                            /** @enum {string} */
                            why: "pinned" | "held" | "byHand" | "unreadable" | "unconfirmed" | "leftOut" | "skipped" | "failed" | "stale" | "changedSince" | "unexplained";
                            reason: {
                                code: string;
                                message: string;
                                remedy: string;
                            } | null;
                        }[];
                        nextCursor: string | null;
                        /** Format: uuid */
                        runId: string;
                        /** @description Every group was read, and is equal */
                        isEqual: boolean;
                        groups: {
                            groupId: string;
                            /**
                             * @description unread: the group gave no complete picture, so nothing is proven
                             * @enum {string}
                             */
                            verdict: "equal" | "different" | "unread";
                            /** @description The people whom the run's own complete read listed */
                            read: {
                                people: number;
                                /** @description SHA-256 (hex) of the object ids in lower case, sorted, joined by commas */
                                digest: string;
                            } | null;
                            /** @description The people with the grant and a live account */
                            accounts: {
                                people: number;
                                /** @description SHA-256 (hex) of the object ids in lower case, sorted, joined by commas */
                                digest: string;
                            };
                            /** @description People on one side only, by why */
                            reasons: {
                                [key: string]: number;
                            };
                            /** @description Why the group could not be read */
                            reason: {
                                code: string;
                                message: string;
                                remedy: string;
                            } | null;
                        }[];
                    };
                    "text/csv": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RequestRunController_request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "full";
                    /**
                     * @default automatic
                     * @enum {string}
                     */
                    apply?: "automatic" | "review";
                } | {
                    /** @enum {string} */
                    kind: "group";
                    groupId: string;
                    /**
                     * @default automatic
                     * @enum {string}
                     */
                    apply?: "automatic" | "review";
                } | {
                    /** @enum {string} */
                    kind: "problems";
                    /**
                     * @default automatic
                     * @enum {string}
                     */
                    apply?: "automatic" | "review";
                } | {
                    /** @enum {string} */
                    kind: "scratch";
                    /**
                     * @default automatic
                     * @enum {string}
                     */
                    apply?: "automatic" | "review";
                } | {
                    /** @enum {string} */
                    kind: "undo";
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                    /**
                     * @default review
                     * @enum {string}
                     */
                    apply?: "automatic" | "review";
                };
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncRun"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SelfTestController_testUnsaved: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tenantId: string;
                    /**
                     * @default global
                     * @enum {string}
                     */
                    cloud?: "global" | "usGovL4" | "usGovL5" | "china" | "simulated";
                    credential: {
                        clientId: string;
                        clientSecret: string;
                    };
                    /** @default [] */
                    groups?: string[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        /** Format: date-time */
                        checkedAt: string;
                        checks: {
                            name: string;
                            ok: boolean;
                            conclusive: boolean;
                            code: string | null;
                            message: string;
                            remedy: string | null;
                            facts: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SelfTestController_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        connectionId: string;
                        ok: boolean;
                        /** Format: date-time */
                        checkedAt: string;
                        checks: {
                            name: string;
                            ok: boolean;
                            conclusive: boolean;
                            code: string | null;
                            message: string;
                            remedy: string | null;
                            facts: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SimulatedTenantController_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        newcomers: string[];
                        renamed: string[];
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SyncRunsController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                connectionId?: string;
                state?: "requested" | "reading" | "comparing" | "awaitingReview" | "approved" | "applying" | "completed" | "failed" | "cancelled" | "superseded";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SyncRun"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SyncRunsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncRun"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
