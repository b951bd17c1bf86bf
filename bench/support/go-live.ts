import { eventually } from '../../test/support/eventually.js';
import type { StandaloneOnTenant } from '../../test/support/standalone-on-tenant.js';

/** A connection that is switched on, its groups read, and Graph's notifications subscribed to; answers its id. */
export async function goLive({ api, connect }: StandaloneOnTenant, groupIds: readonly string[]): Promise<string> {
  const connectionId = await connect(groupIds);
  await api.post(`/connections/${connectionId}/enable`);
  await eventually(
    async () => {
      const { items } = await api.get<{ items: { state: string }[] }>(`/sync-runs?connectionId=${connectionId}`);
      const health = await api.get<{ mode: string; subscriptions: { expiresAt: string | null }[] }>(
        `/connections/${connectionId}/health`,
      );
      const isLive = health.mode === 'perGroup' && health.subscriptions.length === groupIds.length + 1;
      const isRead = items.length > 0 && items.every(({ state }) => state === 'completed');
      if (!isLive || !isRead) throw new Error(`not live yet: ${JSON.stringify({ health, items })}`);
    },
    { deadlineMs: 120_000, everyMs: 500 },
  );
  return connectionId;
}
