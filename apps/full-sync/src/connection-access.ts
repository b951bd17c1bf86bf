import {
  findConnection,
  openCredential,
  recordTokenIssued,
  recordTokenRefused,
  type OpenedCredential,
  type SecretBox,
} from '#connections';
import { isCodedError, type Clock } from '#contracts';
import type { Database, Queryable } from '#database';
import type { GraphClients } from '#graph-client';
import type { RunConnection, RunConnections, RunGraph } from '#runs';

export interface ConnectionAccessOptions {
  readonly db: Database;
  readonly graph: GraphClients;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
}

/** Refusals of the credential itself: they are kept with the connection, so that its page and the other services know. */
const CREDENTIAL_CODES = new Set(['SECRET_INVALID', 'SECRET_EXPIRED', 'APP_NOT_FOUND', 'APP_DISABLED', 'TENANT_NOT_FOUND']);

/** Where runs get their connection and their way to Graph, at low priority. */
export class ConnectionAccess implements RunConnections {
  constructor(private readonly options: ConnectionAccessOptions) {}

  async find(db: Queryable, connectionId: string): Promise<RunConnection | null> {
    const connection = await findConnection(db, connectionId);
    if (connection === null || connection.state === 'disconnected') return null;
    const { id, organisationId, tenantId, settings, watchedGroups } = connection;
    return { id, organisationId, tenantId, settings, watchedGroupIds: watchedGroups.map((group) => group.id) };
  }

  /** Proves the credential first, so that a refusal is met once and named for what it is. */
  async graph(connectionId: string): Promise<RunGraph> {
    const { db, secretBox, clock, graph } = this.options;
    const credential = await openCredential(db, secretBox, connectionId, clock());
    const client = graph.for(credential, { priority: 'low' });
    await this.prove(credential, () => client.token());
    return client;
  }

  private async prove(credential: OpenedCredential, ask: () => Promise<unknown>): Promise<void> {
    const { db, clock } = this.options;
    try {
      await ask();
      await recordTokenIssued(db, credential);
    } catch (error) {
      if (isCodedError(error) && CREDENTIAL_CODES.has(error.code)) await recordTokenRefused(db, credential, error.code, clock());
      throw error;
    }
  }
}
