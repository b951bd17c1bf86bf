import type { ConnectionState } from '#contracts';
import { ConnectionStateError } from '../errors.js';

/** Where each state may go. Nothing enters `created` but a new or reconnected row. */
const TRANSITIONS: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  created: ['enabled', 'disconnected'],
  enabled: ['paused', 'quarantined', 'disconnected'],
  paused: ['enabled', 'disconnected'],
  quarantined: ['enabled', 'paused', 'disconnected'],
  disconnected: ['created'],
};

export function canBecome(from: ConnectionState, to: ConnectionState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** Throws `ConnectionStateError` where the table does not name the step. */
export function assertCanBecome(connectionId: string, from: ConnectionState, to: ConnectionState): void {
  if (!canBecome(from, to)) throw new ConnectionStateError(connectionId, from, to);
}
