import type { ConnectionHealth } from '../api/types.js';

/** `starting`: enabled a moment ago, and Microsoft Graph has not answered for every subscription yet. */
export type LiveMode = ConnectionHealth['mode'] | 'starting';

export type ModeFacts = Pick<ConnectionHealth, 'mode' | 'subscriptions' | 'lastSweepAt'>;

/** How changes reach Rollcall. A connection begins as one that polls; whether it stays so is known after its first look. Pure. */
export function liveMode({ mode, subscriptions, lastSweepAt }: ModeFacts): LiveMode {
  return mode === 'polling' && (subscriptions.length > 0 || lastSweepAt === null) ? 'starting' : mode;
}
