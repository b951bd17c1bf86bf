import type { Queryable } from '#database';
import type { KnownSubscription } from './judge-item.js';

/** An id that the database did not know either is not asked for again so soon; a subscription may be a moment old. */
const UNKNOWN_FOR_MS = 5_000;
const MAX_UNKNOWN = 10_000;
/** Ids that one request may ask the database for: strangers must not be able to make work. */
const MAX_LOOKUPS = 50;

/**
 * The subscriptions and watched groups, in memory, so that a burst of notifications costs one statement and a stranger's none.
 * Refreshed when woken; an unknown subscription is looked up within bounds.
 */
export class SubscriptionDirectory {
  private subscriptions = new Map<string, KnownSubscription>();
  private watchedGroups = new Set<string>();
  private readonly unknown = new Map<string, number>();
  private loaded = false;

  constructor(
    private readonly db: Queryable,
    private readonly now: () => number = Date.now,
  ) {}

  /** Reads everything anew. Throws where the database is away; what was known stays. */
  async refresh(): Promise<void> {
    const subscriptions = await this.db.query<KnownSubscription>(`${SELECT_SUBSCRIPTIONS} WHERE graph_id IS NOT NULL`);
    const groups = await this.db.query<{ connection_id: string; group_id: string }>(
      `SELECT connection_id, group_id FROM watch.groups`,
    );
    this.subscriptions = new Map(subscriptions.map((subscription) => [subscription.graphId, subscription]));
    this.watchedGroups = new Set(groups.map((group) => `${group.connection_id}/${group.group_id}`));
    this.unknown.clear();
    this.loaded = true;
  }

  isWatched(connectionId: string, groupId: string): boolean {
    return this.watchedGroups.has(`${connectionId}/${groupId}`);
  }

  find(graphId: string): KnownSubscription | null {
    return this.subscriptions.get(graphId) ?? null;
  }

  /** Makes sure that the ids are known as far as the database knows them. Throws where it is away and had to be asked. */
  async ensureKnown(connectionId: string, graphIds: readonly string[]): Promise<void> {
    if (!this.loaded) await this.refresh();
    const asked = [...new Set(graphIds)].filter((id) => !this.subscriptions.has(id) && !this.isUnknown(id)).slice(0, MAX_LOOKUPS);
    if (asked.length === 0) return;
    const rows = await this.db.query<KnownSubscription>(
      `${SELECT_SUBSCRIPTIONS} WHERE connection_id = $1 AND graph_id = ANY ($2::text[])`,
      [connectionId, asked],
    );
    for (const row of rows) this.subscriptions.set(row.graphId, row);
    if (this.unknown.size + asked.length > MAX_UNKNOWN) this.unknown.clear();
    for (const id of asked) if (!this.subscriptions.has(id)) this.unknown.set(id, this.now() + UNKNOWN_FOR_MS);
  }

  private isUnknown(id: string): boolean {
    const until = this.unknown.get(id);
    if (until === undefined) return false;
    if (until > this.now()) return true;
    this.unknown.delete(id);
    return false;
  }
}

const SELECT_SUBSCRIPTIONS = `SELECT graph_id AS "graphId", connection_id AS "connectionId", tenant_id AS "tenantId", purpose,
  group_id AS "groupId", client_state_hash AS "clientStateHash" FROM watch.subscriptions`;
