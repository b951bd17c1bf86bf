import type { Queryable } from '#database';
import type { ChannelName } from '../kinds.js';

/** Whether the notification service can use a channel at all, as it reported at its start. */
export interface ChannelState {
  readonly channel: ChannelName;
  readonly isOn: boolean;
  readonly reason: string | null;
}

export async function reportChannelStates(db: Queryable, states: readonly ChannelState[], now: Date): Promise<void> {
  await db.query(
    `INSERT INTO notices.channel_states (channel, is_on, reason, reported_at)
     SELECT channel, is_on, reason, $4 FROM unnest($1::text[], $2::boolean[], $3::text[]) AS input (channel, is_on, reason)
     ON CONFLICT (channel) DO UPDATE
       SET is_on = excluded.is_on, reason = excluded.reason, reported_at = excluded.reported_at`,
    [states.map(({ channel }) => channel), states.map(({ isOn }) => isOn), states.map(({ reason }) => reason), now],
  );
}

/** Empty until the notification service was started once. */
export async function listChannelStates(db: Queryable): Promise<ChannelState[]> {
  return db.query<ChannelState>('SELECT channel, is_on AS "isOn", reason FROM notices.channel_states ORDER BY channel');
}
