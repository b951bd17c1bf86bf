import type { ReactElement } from 'react';
import type { Connection, ConnectionHealth } from '../api/types.js';
import { counted, formatNumber } from '../format/counts.js';
import { roughDuration } from '../format/instants.js';
import { useGroupNames } from '../people/use-names.js';
import { DataTable } from '../parts/data-table.js';
import { Facts } from '../parts/facts.js';
import { Instant } from '../parts/instant.js';
import { Panel } from '../parts/page.js';
import { liveMode, type LiveMode } from './live-mode.js';
import { throttleSentence } from './throttle-sentence.js';

const MODES: Readonly<Record<LiveMode, string>> = {
  starting: 'Subscribing to changes at Microsoft Graph',
  off: 'Off: it was never enabled',
  perGroup: 'Notified by Entra: one subscription per group',
  perTenant: 'Notified by Entra: one subscription for all groups',
  polling: 'Looking every few minutes: Rollcall has no public https address',
  sweepOnly: 'Looking every few minutes: notifications are wanted but do not arrive',
};

interface LiveSyncPanelProps {
  readonly health: ConnectionHealth;
  readonly state: Connection['state'];
  /** Whether changes are taken over as they come. */
  readonly isOn: boolean;
}

function modeOf(health: ConnectionHealth, state: Connection['state'], isOn: boolean): string {
  if (state === 'paused') return 'Paused: nothing is looked at until it is resumed';
  return state === 'enabled' && !isOn ? 'Live sync is off: changes are noted, and wait for a full sync' : MODES[liveMode(health)];
}

/** How changes reach Rollcall: mode, subscriptions and their expiry, what was missed. */
export function LiveSyncPanel({ health, state, isOn }: LiveSyncPanelProps): ReactElement {
  const groupName = useGroupNames();
  const { throttle, lastSweepAt, missedNotices, rechecks, principals, baselines, subscriptions } = health;
  return (
    <Panel title="Live sync" bare>
      <div className="inset">
        <Facts
          items={[
            ['Mode', modeOf(health, state, isOn)],
            ['Last look at every group', lastSweepAt === null ? 'not yet' : <Instant key="sweep" at={lastSweepAt} />],
            ['Missed notices', missedNotices === 0 ? 'none' : formatNumber(missedNotices)],
            ['Budget at Microsoft Graph', throttleSentence(throttle)],
            [
              'Contradictions to look at again',
              rechecks.size === 0
                ? 'none'
                : `${formatNumber(rechecks.size)}, the oldest for ${roughDuration(rechecks.oldestSeconds)}`,
            ],
            ['People whose details are being read', principals.pending === 0 ? null : formatNumber(principals.pending)],
            ['People whose details cannot be read', principals.unreadable === 0 ? null : formatNumber(principals.unreadable)],
            ['First reads under way', baselines.length === 0 ? null : counted(baselines.length, 'group')],
          ]}
        />
      </div>
      {subscriptions.length > 0 && (
        <DataTable
          caption="Subscriptions"
          rows={subscriptions}
          keyOf={({ resource, subscriptionId }) => `${resource} ${subscriptionId ?? 'asked for'}`}
          columns={[
            {
              heading: 'Subscription',
              cell: ({ groupId, purpose }) =>
                groupId === null
                  ? purpose === 'users'
                    ? 'People of the tenant'
                    : 'All groups of the tenant'
                  : groupName(groupId),
            },
            {
              heading: 'Expires',
              cell: ({ expiresAt, subscriptionId }) =>
                subscriptionId === null || expiresAt === null ? 'asked for, not answered yet' : <Instant at={expiresAt} />,
            },
            { heading: 'Renewed', cell: ({ renewedAt }) => (renewedAt === null ? '' : <Instant at={renewedAt} />) },
          ]}
        />
      )}
    </Panel>
  );
}
