import type { ConnectionSettings, ConnectionState } from '#contracts';
import type { Queryable } from '#database';
import { findConnection } from './connection-queries.js';

/** What may follow from a fact now. Facts are stored in every state; effects wait where they are not wanted. */
export interface AllowedEffects {
  /** From live pages and rechecks. */
  readonly live: boolean;
  /** From pages of a run: an admin may trigger one on a paused or never-enabled connection too. */
  readonly run: boolean;
}

export interface ConnectionForDecisions {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly state: ConnectionState;
  readonly settings: ConnectionSettings;
  readonly watchedGroupIds: readonly string[];
  readonly effects: AllowedEffects;
}

/** Read it after the organisation lock, in the transaction that decides. Null where the connection is unknown. */
export async function readConnectionForDecisions(tx: Queryable, connectionId: string): Promise<ConnectionForDecisions | null> {
  const connection = await findConnection(tx, connectionId);
  if (connection === null) return null;
  return {
    connectionId: connection.id,
    organisationId: connection.organisationId,
    state: connection.state,
    settings: connection.settings,
    watchedGroupIds: connection.watchedGroups.map((group) => group.id),
    effects: allowedEffects(connection.state, connection.settings),
  };
}

/** A quarantined connection lost its access, not its truth: what it read before still counts. */
export function allowedEffects(state: ConnectionState, settings: ConnectionSettings): AllowedEffects {
  return {
    live: settings.trigger.live && (state === 'enabled' || state === 'quarantined'),
    run: state !== 'disconnected',
  };
}
