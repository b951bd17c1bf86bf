import type { Log } from '#contracts';
import type { Database } from '#database';
import type { SecretBox } from './secret-box.js';

const BATCH = 100;

interface StaleRow {
  connection_id: string;
  field: string;
  sealed: string;
}

/**
 * Seals again, under the newest key, what an older key of SECRETS_KEY sealed; afterwards the older key may be taken out. Any number
 * of processes may run it at once. A text that no key opens stays as it is and is named in the log.
 */
export class ResealCredentialsTask {
  constructor(
    private readonly db: Database,
    private readonly secretBox: SecretBox,
    private readonly log: Log,
  ) {}

  /** Answers how many were sealed again. */
  async run(): Promise<number> {
    let resealed = 0;
    let after = { connectionId: '00000000-0000-0000-0000-000000000000', field: '' };
    for (;;) {
      const rows = await this.db.transaction(async (tx) => {
        const stale = await tx.query<StaleRow>(
          `SELECT connection_id, field, sealed FROM connections.credentials
           WHERE key_id <> $1 AND (connection_id, field) > ($2, $3)
           ORDER BY connection_id, field LIMIT $4 FOR UPDATE SKIP LOCKED`,
          [this.secretBox.newestKeyId, after.connectionId, after.field, BATCH],
        );
        for (const row of stale) {
          const sealed = this.reseal(row);
          if (sealed === null) continue;
          await tx.query(
            'UPDATE connections.credentials SET key_id = $3, sealed = $4, sealed_at = now() WHERE connection_id = $1 AND field = $2',
            [row.connection_id, row.field, sealed.keyId, sealed.sealed],
          );
          resealed += 1;
        }
        return stale;
      });
      const last = rows.at(-1);
      if (last === undefined) return resealed;
      after = { connectionId: last.connection_id, field: last.field };
    }
  }

  private reseal({ connection_id: connectionId, field, sealed }: StaleRow) {
    const binding = { connectionId, field };
    try {
      return this.secretBox.seal(this.secretBox.open(sealed, binding), binding);
    } catch {
      this.log.error({ connectionId, field }, 'a sealed credential cannot be opened with any key of SECRETS_KEY');
      return null;
    }
  }
}
