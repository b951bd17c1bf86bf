import type { ConnectionSettings } from '#contracts';
import type { Tx } from '#database';
import type { GraphClient } from '#graph-client';
import type { Queryable } from '#database';

/** What a run must know of its connection. */
export interface RunConnection {
  readonly id: string;
  readonly organisationId: string;
  readonly tenantId: string;
  readonly settings: ConnectionSettings;
  readonly watchedGroupIds: readonly string[];
}

/** Where a run gets its connection and its way to Graph: wired by the app. */
export interface RunConnections {
  /** Null where the connection is gone or disconnected. */
  find(db: Queryable, connectionId: string): Promise<RunConnection | null>;
  /** A client of low priority, made anew for each piece of work; it counts its own requests. */
  graph(connectionId: string): Promise<GraphClient>;
}

/** The part of `watch` that a run needs. `runs` may not import it: the app wires it. */
export interface ReadBook {
  /** The next number of the one sequence; taken before the read's first request (invariant 2). */
  nextReadNo(db: Queryable): Promise<number>;
  /** Ids that a membership named, so that users delta and attribute reads know them; harmless when repeated. */
  addPrincipals(tx: Tx, connectionId: string, ids: readonly string[]): Promise<void>;
  /** Contradictions and unconfirmed removals: read directly again after `settle`. */
  addRechecks(
    tx: Tx,
    connectionId: string,
    items: readonly { readonly personId: string; readonly groupId: string | null }[],
  ): Promise<void>;
}
