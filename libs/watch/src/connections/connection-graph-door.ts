import { isCodedError, type Clock, type CodedError, type Log } from '#contracts';
import {
  CredentialRestingError,
  findConnection,
  openCredential,
  quarantineConnection,
  recordTokenIssued,
  recordTokenRefused,
  recoverConnection,
  systemActor,
  type OpenedCredential,
  type SecretBox,
} from '#connections';
import type { Database } from '#database';
import { ConsentMissingError, type GraphClient, type GraphClients, type Priority } from '#graph-client';
import type { GraphDoor } from '../graph-door.js';

const TOKEN_CODES = new Set(['SECRET_INVALID', 'SECRET_EXPIRED', 'APP_NOT_FOUND', 'APP_DISABLED', 'TENANT_NOT_FOUND']);
const ACCESS_CODES = new Set(['CONSENT_MISSING', 'ACCESS_BLOCKED']);

interface DoorOptions {
  readonly db: Database;
  readonly clients: GraphClients;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly log: Log;
  readonly quarantineRetryMs: number;
}

/** Opens Graph with the sealed credential of the connection; a failure that an admin must mend puts it into quarantine. */
export class ConnectionGraphDoor implements GraphDoor {
  /** What was opened last, to tell a refused secret from one that replaced it meanwhile. */
  private readonly opened = new Map<string, OpenedCredential>();

  constructor(private readonly options: DoorOptions) {}

  async open(connectionId: string, options?: { readonly priority?: Priority }): Promise<GraphClient> {
    const { db, secretBox, clock, clients } = this.options;
    const credential = await openCredential(db, secretBox, connectionId, clock());
    this.opened.set(connectionId, credential);
    return clients.for(credential, options);
  }

  async failed(connectionId: string, error: unknown): Promise<void> {
    if (!isCodedError(error)) return;
    try {
      // Whoever met the expired secret first may be another process: it rests for all of them.
      if (error instanceof CredentialRestingError) return await this.quarantine(connectionId, error, error.afterMs);
      const credential = this.opened.get(connectionId);
      if (credential === undefined) return;
      const isTokenFault = TOKEN_CODES.has(error.code);
      if (!isTokenFault && !ACCESS_CODES.has(error.code)) return;
      if (isTokenFault) await recordTokenRefused(this.options.db, credential, error.code, this.options.clock());
      await this.quarantine(connectionId, error, this.options.quarantineRetryMs);
    } catch (cause) {
      this.options.log.warn(
        { err: cause, connectionId, code: error.code },
        'the trouble of a connection could not be noted; it will be met again',
      );
    }
  }

  private async quarantine(connectionId: string, error: CodedError, waitMs: number): Promise<void> {
    const { db, clock } = this.options;
    const connection = await findConnection(db, connectionId);
    if (connection === null) return;
    const actor = systemActor('subscription', connection.organisationId);
    const nextTryAt = new Date(clock().getTime() + waitMs);
    const reason = { code: problemOf(error), message: error.message, nextTryAt };
    await db.transaction((tx) => quarantineConnection(tx, actor, connectionId, reason));
  }

  async recovered(connectionId: string): Promise<void> {
    const credential = this.opened.get(connectionId);
    if (credential === undefined) return;
    const { db, log } = this.options;
    try {
      await recordTokenIssued(db, credential);
      const actor = systemActor('subscription', credential.organisationId);
      await db.transaction((tx) => recoverConnection(tx, actor, connectionId));
    } catch (cause) {
      log.warn({ err: cause, connectionId }, 'the recovery of a connection could not be noted; it will be met again');
    }
  }
}

/** Without the permission to read people their attributes are missing: that is the name under which an admin knows it. */
function problemOf(error: { readonly code: string }): string {
  return error instanceof ConsentMissingError && error.permission?.startsWith('User.') === true
    ? 'MEMBERS_UNREADABLE'
    : error.code;
}
