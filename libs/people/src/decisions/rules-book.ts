import type { Tx } from '#database';
import type { ConnectionForRules, PeopleContext } from '../context.js';
import type { GroupState, Rules } from './rules.js';

export interface ConnectionRules {
  readonly connection: ConnectionForRules;
  readonly rules: Rules;
}

/** The rules of the connections that one transaction meets, each read once. Null where the connection is unknown. */
export class RulesBook {
  private readonly known = new Map<string, ConnectionRules | null>();

  constructor(
    private readonly tx: Tx,
    private readonly context: Pick<PeopleContext, 'connectionOf'>,
  ) {}

  async of(connectionId: string): Promise<ConnectionRules | null> {
    const known = this.known.get(connectionId);
    if (known !== undefined) return known;
    const connection = await this.context.connectionOf(this.tx, connectionId);
    const rules = connection === null ? null : { connection, rules: await this.rulesOf(connection) };
    this.known.set(connectionId, rules);
    return rules;
  }

  /** Groups that are not simply there; the others need no row. */
  private async rulesOf({
    connectionId,
    settings,
    watchedGroupIds,
    awaitsGroups = false,
    comesBack,
  }: ConnectionForRules): Promise<Rules> {
    const rows = await this.tx.query<{ group_id: string; state: GroupState }>(
      `SELECT group_id, state FROM people.groups WHERE connection_id = $1 AND state <> 'present'`,
      [connectionId],
    );
    const disbanded = await this.tx.query('SELECT 1 FROM people.disbanded_connections WHERE connection_id = $1', [connectionId]);
    return {
      settings,
      isDisbanded: comesBack !== true && disbanded.length > 0,
      awaitsGroups,
      watchedGroupIds: new Set(watchedGroupIds),
      groupStates: new Map(rows.map(({ group_id, state }) => [group_id, state])),
    };
  }
}
