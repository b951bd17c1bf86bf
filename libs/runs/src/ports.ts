import type { ConnectionSettings } from '#contracts';
import type { Queryable, Tx } from '#database';
import type { GraphClient } from '#graph-client';
import type { SyncRun } from './run.js';

/** What a run must know of its connection. */
export interface RunConnection {
  readonly id: string;
  readonly organisationId: string;
  readonly tenantId: string;
  readonly settings: ConnectionSettings;
  readonly watchedGroupIds: readonly string[];
}

/** The reads that a run makes. */
export type RunGraph = Pick<
  GraphClient,
  'graphRequests' | 'members' | 'memberCount' | 'checkMemberGroups' | 'deletedUser' | 'usersByIds'
>;

/** Where a run gets its connection and its way to Graph: wired by the app. */
export interface RunConnections {
  /** Null where the connection is gone or disconnected. */
  find(db: Queryable, connectionId: string): Promise<RunConnection | null>;
  /** A client of low priority, made anew for each piece of work; it counts its own requests. */
  graph(connectionId: string): Promise<RunGraph>;
}

/** The part of `watch` that a run needs. `runs` may not import it: the app wires it. */
export interface ReadBook {
  /** The next number of the one sequence; taken before the read's first request (invariant 2). */
  nextReadNo(db: Queryable): Promise<number>;
  /** People that a membership named and whose attributes came with it; harmless when repeated. */
  addPrincipals(
    tx: Tx,
    connectionId: string,
    people: readonly { readonly objectId: string; readonly groupId: string }[],
  ): Promise<void>;
  /** Memberships, of `EVERYBODY` too, whose evidence contradicts itself: read directly again from `dueAt` on. */
  addRechecks(tx: Tx, requests: readonly MembershipRecheck[]): Promise<void>;
  /** New delta links and new subscriptions for the run's connection; true once the links are taken. Harmless when repeated. */
  beginAnew(tx: Tx, run: SyncRun): Promise<boolean>;
  /** The run has ended, however; with the commit of that. */
  runEnded(tx: Tx, run: SyncRun, groups: GroupsOfRun): Promise<void>;
}

/** The groups of a run, `EVERYBODY` among them where it read all users: those whose members it knows completely, and the others. */
export interface GroupsOfRun {
  readonly read: readonly string[];
  readonly unread: readonly string[];
}

export interface MembershipRecheck {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly groupId: string;
  readonly memberId: string;
  readonly reason: string;
  readonly dueAt: Date;
}
