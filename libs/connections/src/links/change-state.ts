import {
  connectionDisconnectedV1,
  connectionEnabledV1,
  connectionPausedV1,
  connectionQuarantinedV1,
  connectionRecoveredV1,
  type connectionEvents,
  type ConnectionState,
} from '#contracts';
import type { Tx } from '#database';
import { eraseCredential } from '../credentials/stored-credential.js';
import type { Actor } from '../organisations/actor.js';
import type { Connection, StateReason } from './connection.js';
import { lockConnection, nudge, recordChange } from './connection-changes.js';
import { assertCanBecome } from './state-transitions.js';

/** Starts or resumes live sync. Harmless when it runs. The caller requests the baseline in the same transaction. */
export async function enableConnection(tx: Tx, actor: Actor, connectionId: string): Promise<Connection> {
  return changeState(tx, actor, connectionId, { to: 'enabled', action: 'connection.enable', event: connectionEnabledV1 });
}

/** Stops live sync; facts that are under way are kept, their effects wait. Harmless when it is paused. */
export async function pauseConnection(tx: Tx, actor: Actor, connectionId: string): Promise<Connection> {
  return changeState(tx, actor, connectionId, { to: 'paused', action: 'connection.pause', event: connectionPausedV1 });
}

/**
 * Erases the sealed credential and frees tenant and application; people stay. The caller ends the Graph subscriptions before, while
 * there still is a credential. Harmless when it is disconnected.
 */
export async function deleteConnection(tx: Tx, actor: Actor, connectionId: string): Promise<Connection> {
  const step = { to: 'disconnected', action: 'connection.delete', event: connectionDisconnectedV1 } as const;
  const disconnected = await changeState(tx, actor, connectionId, step);
  await eraseCredential(tx, connectionId);
  return disconnected;
}

export interface Quarantine extends StateReason {
  /** When the services try again by themselves. */
  readonly nextTryAt: Date;
}

/**
 * Takes a connection that cannot work out of live sync until the next try. Repeated with the same code it only moves the next try;
 * a connection that is not enabled any more is left as it is.
 */
export async function quarantineConnection(
  tx: Tx,
  actor: Actor,
  connectionId: string,
  quarantine: Quarantine,
): Promise<Connection> {
  const before = await lockConnection(tx, actor, connectionId);
  if (before.state !== 'enabled' && before.state !== 'quarantined') return before;
  const isNews = before.state === 'enabled' || before.reason?.code !== quarantine.code;
  await tx.query(
    `UPDATE connections.connections
     SET state = 'quarantined', reason_code = $2, reason_message = $3, next_try_at = $4,
         version = version + $5, updated_at = CASE WHEN $5 = 1 THEN now() ELSE updated_at END
     WHERE id = $1`,
    [connectionId, quarantine.code, quarantine.message, quarantine.nextTryAt, isNews ? 1 : 0],
  );
  if (isNews)
    return recordChange(tx, actor, { action: 'connection.quarantine', connectionId, before, event: connectionQuarantinedV1 });
  await nudge(tx, connectionId);
  return { ...before, nextTryAt: quarantine.nextTryAt };
}

/** Ends a quarantine after a try that worked; anything else is left as it is. */
export async function recoverConnection(tx: Tx, actor: Actor, connectionId: string): Promise<Connection> {
  const before = await lockConnection(tx, actor, connectionId);
  if (before.state !== 'quarantined') return before;
  await setState(tx, connectionId, 'enabled');
  return recordChange(tx, actor, { action: 'connection.recover', connectionId, before, event: connectionRecoveredV1 });
}

interface Step {
  readonly to: ConnectionState;
  readonly action: string;
  readonly event: (typeof connectionEvents)[number];
}

async function changeState(tx: Tx, actor: Actor, connectionId: string, { to, action, event }: Step): Promise<Connection> {
  const before = await lockConnection(tx, actor, connectionId);
  if (before.state === to) return before;
  assertCanBecome(connectionId, before.state, to);
  await setState(tx, connectionId, to);
  return recordChange(tx, actor, { action, connectionId, before, event });
}

async function setState(tx: Tx, connectionId: string, state: ConnectionState): Promise<void> {
  await tx.query(
    `UPDATE connections.connections
     SET state = $2, reason_code = NULL, reason_message = NULL, next_try_at = NULL, version = version + 1, updated_at = now()
     WHERE id = $1`,
    [connectionId, state],
  );
}
