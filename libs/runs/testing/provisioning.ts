import {
  membershipsChangedV1,
  silentLog,
  usersChangedV1,
  type Clock,
  type CloudEvent,
  type ConnectionSettings,
  type Envelope,
} from '#contracts';
import type { Database } from '#database';
import { PageApplier, type PeopleContext, type RecheckRequest } from '#people';

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
  largestBacklog = 0;
  readonly rules: Pick<PeopleContext, 'connectionOf'>;
  private readonly applier: PageApplier;

  constructor(
    private readonly db: Database,
    private readonly connection: ProvisionedConnection,
    clock: Clock,
  ) {
    const { connectionId, organisationId, settings, watchedGroupIds } = connection;
    this.rules = {
      connectionOf: async () => ({
        connectionId,
        organisationId,
        state: 'enabled',
        settings: settings(),
        watchedGroupIds: watchedGroupIds(),
        effects: { live: true, run: true },
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
      },
    });
  }

  async drain(): Promise<void> {
    const rows = await this.db.query<{ id: number; value: Buffer }>(
      `SELECT id, value FROM messaging.outbox WHERE topic = 'directory.changes.v1' AND key = $1 ORDER BY id`,
      [this.connection.connectionId],
    );
    this.largestBacklog = Math.max(this.largestBacklog, rows.length);
    for (const { id, value } of rows) {
      await this.handle(JSON.parse(value.toString()) as Envelope);
      await this.db.query('DELETE FROM messaging.outbox WHERE id = $1', [id]);
    }
  }

  private async handle(event: Envelope): Promise<void> {
    this.pages += 1;
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
