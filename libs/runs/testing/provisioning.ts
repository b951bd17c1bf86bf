import { randomUUID } from 'node:crypto';
import {
  buildEvent,
  membershipsChangedV1,
  silentLog,
  usersChangedV1,
  type Clock,
  type CloudEvent,
  type ConnectionSettings,
  type Envelope,
  type MembershipItem,
} from '#contracts';
import type { Database } from '#database';
import type { DirectoryMember } from '#graph-client';
import { PageApplier, refusePage, type PeopleContext, type RecheckRequest } from '#people';

export interface ProvisionedConnection {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly settings: () => ConnectionSettings;
  readonly watchedGroupIds: () => readonly string[];
}

/** Provisioning beside a run: the real page applier, fed with what stands in the outbox, in its order. */
export class Provisioning {
  /** Every fact that was published, with the version that it carried. */
  readonly published: { readonly fact: string; readonly version: unknown }[] = [];
  readonly rechecks: RecheckRequest[] = [];
  pages = 0;
  /** Pages that no handler can take: they are buried. */
  isPoison: (event: Envelope) => boolean = () => false;
  /** False: live pages leave their effects to the next run. */
  live = true;
  /** What else the connection is while it is connected. */
  state: 'enabled' | 'paused' | 'quarantined' = 'enabled';
  /** The connection was ended: runs do not find it, and pages about it are dropped. */
  isDisconnected = false;
  largestBacklog = 0;
  /** Awaited before each page of a run is handled. */
  beforePage: () => Promise<void> = () => Promise.resolve();
  private readonly handled: Envelope[] = [];
  readonly rules: Pick<PeopleContext, 'connectionOf'>;
  readonly applier: PageApplier;

  constructor(
    private readonly db: Database,
    private readonly connection: ProvisionedConnection,
    private readonly clock: Clock,
  ) {
    const { connectionId, organisationId, settings, watchedGroupIds } = connection;
    this.rules = {
      connectionOf: async () => ({
        connectionId,
        organisationId,
        state: this.isDisconnected ? 'disconnected' : this.state,
        settings: settings(),
        watchedGroupIds: watchedGroupIds(),
        effects: { live: this.live, run: true },
      }),
    };
    this.applier = new PageApplier({
      db,
      clock,
      log: silentLog,
      settleMs: 900_000,
      context: {
        ...this.rules,
        onContradiction: async (_tx, rechecks) => void this.rechecks.push(...rechecks),
        onGroupNamed: async () => undefined,
      },
    });
  }

  /** What delta reported of a group meanwhile. */
  async report(groupId: string, items: readonly MembershipItem[]): Promise<void> {
    await this.applier.applyMemberships(
      buildEvent(membershipsChangedV1, this.identity(), { ...(await this.header()), groupId, items: [...items] }),
      null,
    );
  }

  /** What was read of a person meanwhile. */
  async reportUser({ id, attributes }: DirectoryMember): Promise<void> {
    const users = [{ id, state: 'present' as const, attributes }];
    await this.applier.applyUsers(buildEvent(usersChangedV1, this.identity(), { ...(await this.header()), users }), null);
  }

  private identity() {
    return { id: randomUUID(), source: '/rollcall/subscription', key: this.connection.connectionId, time: this.clock() };
  }

  private async header() {
    const { organisationId, connectionId } = this.connection;
    const [row] = await this.db.query<{ readNo: number }>(`SELECT nextval('test_read_numbers') AS "readNo"`);
    const at = this.clock().toISOString();
    return {
      organisationId,
      connectionId,
      readNo: row!.readNo,
      page: 0,
      origin: 'delta' as const,
      times: { readStartedAt: at, readAt: at },
    };
  }

  async drain(): Promise<void> {
    const rows = await this.db.query<{ id: number; value: Buffer }>(
      `SELECT id, value FROM messaging.outbox WHERE topic = 'directory.changes.v1' AND key = $1 ORDER BY id`,
      [this.connection.connectionId],
    );
    this.largestBacklog = Math.max(this.largestBacklog, rows.length);
    for (const { id, value } of rows) {
      await this.beforePage();
      const event = JSON.parse(value.toString()) as Envelope;
      await this.handle(event);
      this.handled.push(event);
      await this.db.query('DELETE FROM messaging.outbox WHERE id = $1', [id]);
    }
  }

  /** The last pages come once more, as to a consumer that was killed before its offset was committed. */
  async replay(count: number): Promise<void> {
    for (const event of this.handled.slice(-count)) await this.handle(event);
  }

  private async handle(event: Envelope): Promise<void> {
    this.pages += 1;
    if (this.isPoison(event)) {
      const reason = { code: 'INTERNAL_ERROR', message: 'no handler could take it' };
      return this.db.transaction((tx) => refusePage(tx, { eventId: event.id, payload: event, reason }, this.clock()));
    }
    if (event.type === usersChangedV1.type) {
      const page = usersChangedV1.data.parse(event.data);
      this.published.push(...page.users.map(({ id, version }) => ({ fact: id, version })));
      await this.applier.applyUsers({ ...event, data: page } as CloudEvent<typeof usersChangedV1>, null);
    } else {
      const page = membershipsChangedV1.data.parse(event.data);
      const facts = page.items.map(({ memberId, change, version }) => ({
        fact: `${page.groupId}/${memberId} ${change}`,
        version,
      }));
      this.published.push(...facts);
      await this.applier.applyMemberships({ ...event, data: page } as CloudEvent<typeof membershipsChangedV1>, null);
    }
  }
}
