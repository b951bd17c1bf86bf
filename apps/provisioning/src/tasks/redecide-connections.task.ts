import { allowedEffects, CONNECTIONS_CHANNEL, KnownConnections, type KnownConnection } from '#connections';
import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { findUndecided, redecideConnection, type ReactionTools, type RulesOfConnection } from '#people';
import type { Task } from '#service-host';
import { findAwaitingGroups } from '#watch';

/** Settings, scope or state of a connection changed, or a new group of its scope has been read: everybody in it is decided about anew, and what waited is caught up. */
export class RedecideConnectionsTask implements Task {
  readonly name = 'redecide-connections';
  readonly channels = [CONNECTIONS_CHANNEL];
  readonly intervalMs = 5_000;
  readonly width = 1;
  private readonly connections = new KnownConnections();

  constructor(
    private readonly db: Database,
    private readonly tools: ReactionTools,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(signal: AbortSignal): Promise<boolean> {
    const connections = await this.connections.active(this.db, this.clock());
    const rules = connections.map(rulesOf);
    const awaiting = await findAwaitingGroups(this.db, rules);
    const undecided = await findUndecided(
      this.db,
      rules.map((of) => ({ ...of, awaitsGroups: awaiting.has(of.connectionId) })),
    );
    for (const connection of connections) {
      if (undecided.has(connection.id) && !signal.aborted) await this.redecide(connection);
    }
    return false;
  }

  private async redecide({ id: connectionId, organisationId, version }: KnownConnection): Promise<void> {
    const cause = { kind: 'settings', id: `${connectionId}:${version}` } as const;
    const counts = await this.db.transaction((tx) => redecideConnection(tx, this.tools, { organisationId, connectionId, cause }));
    if (counts === null) return;
    const { heldPeople: _, ...numbers } = counts;
    const isFelt = Object.values(numbers).some((people) => people > 0);
    const say = isFelt ? this.log.info.bind(this.log) : this.log.debug.bind(this.log);
    say({ connectionId, ...numbers }, 'everybody was decided about anew, because the rules of the connection changed');
  }
}

function rulesOf({ id, settings, state }: KnownConnection): RulesOfConnection {
  return {
    connectionId: id,
    settings,
    watchedGroupIds: settings.scope.groups,
    effects: allowedEffects(state, settings),
  };
}
