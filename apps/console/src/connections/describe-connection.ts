import type { Connection, ConnectionHealth } from '../api/types.js';
import type { Tone } from '../format/effects.js';
import { counted, people } from '../format/counts.js';
import { formatTime } from '../format/instants.js';
import { liveMode, type ModeFacts } from './live-mode.js';

export interface ConnectionStatus {
  readonly word: 'Connected' | 'Sweep only' | 'Paused' | 'Quarantined' | 'Disconnected' | 'Not enabled';
  readonly tone: Tone;
}

/** The word for a connection's state. `Sweep only`: live, but changes are found by looking, not by being told. */
export function statusOf(connection: Pick<Connection, 'state'>, health?: ModeFacts): ConnectionStatus {
  const mode = health === undefined ? undefined : liveMode(health);
  switch (connection.state) {
    case 'created':
      return { word: 'Not enabled', tone: 'plain' };
    case 'enabled':
      return mode === 'sweepOnly' || mode === 'polling'
        ? { word: 'Sweep only', tone: 'warning' }
        : { word: 'Connected', tone: 'good' };
    case 'paused':
      return { word: 'Paused', tone: 'warning' };
    case 'quarantined':
      return { word: 'Quarantined', tone: 'bad' };
    case 'disconnected':
      return { word: 'Disconnected', tone: 'plain' };
  }
}

/** A demo that was removed is not shown any more. A real tenant that was disconnected stays: it may be connected again. Pure. */
export function withoutRemovedDemo<Shown extends Pick<Connection, 'cloud' | 'state'>>(connections: readonly Shown[]): Shown[] {
  return connections.filter(({ cloud, state }) => cloud !== 'simulated' || state !== 'disconnected');
}

/** How the connection is doing, in a sentence beside the word of {@link statusOf}, which it does not repeat. */
export function describeConnection(connection: Connection, health?: ConnectionHealth): string {
  const watched = scopeOf(connection);
  const inside = health === undefined ? null : health.people.active + health.people.inactive;
  const followed = inside === null ? watched : `${people(inside)} of ${watched}`;
  switch (connection.state) {
    case 'created':
      return `Nothing is read from the tenant yet.`;
    case 'enabled':
      if (inside === 0 && health !== undefined && health.baselines.length > 0) return `Reads ${watched} for the first time.`;
      return `Keeps ${followed} equal to Entra, ${waysOf(connection, health)}.`;
    case 'paused':
      return `Changes in Entra are not taken until it is resumed. ${stayOf(inside)}`;
    case 'quarantined':
      return `Nobody is removed meanwhile: ${connection.reason?.message ?? 'the tenant refuses Rollcall.'}`;
    case 'disconnected':
      return `Nothing is read from the tenant any more. Accounts are deactivated at most, never deleted.`;
  }
}

function scopeOf({ scope, watchedGroups }: Connection): string {
  if (scope.mode === 'allUsers') return 'the whole tenant';
  const [only] = watchedGroups;
  return watchedGroups.length === 1 ? (only?.displayName ?? 'one group') : counted(watchedGroups.length, 'group');
}

function waysOf({ settings }: Connection, health: ConnectionHealth | undefined): string {
  if (!settings.trigger.live) return withoutLive(health);
  if (health === undefined) return 'live';
  const parts: string[] = [];
  const mode = liveMode(health);
  if (mode === 'polling') parts.push('by looking every few minutes (no public address)');
  else if (mode === 'sweepOnly') parts.push('by looking every few minutes, since notifications do not arrive');
  else parts.push('live');
  if (health.heldChanges > 0) parts.push(`with ${counted(health.heldChanges, 'change')} held for you`);
  const wait = health.blocked === null ? '' : `; Microsoft Graph asks to wait until ${formatTime(health.blocked.until)}`;
  return `${parts.join(', ')}${wait}`;
}

function withoutLive(health: ConnectionHealth | undefined): string {
  const waiting = health?.people.waiting ?? 0;
  const changes = waiting === 0 ? '' : `; changes of ${people(waiting)} wait for the next one`;
  return `by full syncs only: live sync is off${changes}`;
}

function stayOf(inside: number | null): string {
  if (inside === null) return 'Its people stay as they are.';
  if (inside === 0) return 'Nobody is in yet.';
  return inside === 1 ? '1 person stays as they are.' : `${people(inside)} stay as they are.`;
}
