import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { openCredential, recordTokenIssued, recordTokenRefused, type OpenedCredential } from '#connections';
import { isCodedError } from '#contracts';
import type { GraphClient, GraphConnection } from '#graph-client';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { invalid } from '../http/validation.js';

/** Refusals of the credential itself: they are kept with the connection, so that its page and the other services know. */
const CREDENTIAL_CODES = new Set(['SECRET_INVALID', 'SECRET_EXPIRED', 'APP_NOT_FOUND', 'APP_DISABLED', 'TENANT_NOT_FOUND']);

/** Talks to Graph for an admin who waits for the answer. */
@Injectable()
export class GraphAccess {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  /** With a credential that is not stored (yet): under an id of its own, of which nothing is kept. */
  async withUnsaved<Result>(
    credential: Omit<GraphConnection, 'connectionId'>,
    work: (client: GraphClient) => Promise<Result>,
  ): Promise<Result> {
    const connectionId = randomUUID();
    try {
      return await work(this.clientOf({ ...credential, connectionId }));
    } finally {
      this.services.graph.forget(connectionId);
    }
  }

  /** With the stored credential. What Entra says of it is recorded; throws `CredentialRestingError` while an expired one rests. */
  async withStored<Result>(connectionId: string, work: (client: GraphClient) => Promise<Result>): Promise<Result> {
    const { db, secretBox, clock } = this.services;
    const credential = await openCredential(db, secretBox, connectionId, clock());
    return this.recording(credential, () => work(this.clientOf(credential)));
  }

  private async recording<Result>(credential: OpenedCredential, work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      await recordTokenIssued(this.services.db, credential);
      return result;
    } catch (error) {
      if (isCodedError(error) && CREDENTIAL_CODES.has(error.code)) {
        await recordTokenRefused(this.services.db, credential, error.code, this.services.clock());
      }
      throw error;
    }
  }

  private clientOf(connection: GraphConnection): GraphClient {
    try {
      return this.services.graph.for(connection, { priority: 'high' });
    } catch (error) {
      if (error instanceof RangeError) throw invalid([{ field: 'cloud', message: error.message }]);
      throw error;
    }
  }
}
