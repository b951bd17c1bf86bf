import type { Queryable } from '#database';
import type { NoticeContent } from '../content.js';
import type { NoticeKind } from '../kinds.js';

export interface StoredAlert {
  readonly id: string;
  readonly connectionId: string | null;
  readonly kind: NoticeKind;
  readonly cause: string;
  readonly stage: string;
  readonly isUrgent: boolean;
  readonly state: 'open' | 'resolved';
  /** How often it was seen while open. */
  readonly count: number;
  readonly content: NoticeContent;
  readonly openedAt: Date;
  readonly updatedAt: Date;
  readonly resolvedAt: Date | null;
}

export interface AlertListing {
  readonly state?: 'open' | 'resolved' | undefined;
  readonly connectionId?: string | undefined;
  /** The last alert of the page before. */
  readonly after?: { readonly openedAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

export const ALERT_COLUMNS = `
  id, connection_id AS "connectionId", kind, cause, stage, is_urgent AS "isUrgent", state, count, content,
  opened_at AS "openedAt", updated_at AS "updatedAt", resolved_at AS "resolvedAt"`;

/** Newest first. */
export async function listAlerts(db: Queryable, organisationId: string, listing: AlertListing): Promise<StoredAlert[]> {
  return db.query<StoredAlert>(
    `SELECT ${ALERT_COLUMNS} FROM notices.alerts
     WHERE organisation_id = $1 AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR connection_id = $3)
       AND ($4::timestamptz IS NULL OR (opened_at, id) < ($4, $5))
     ORDER BY opened_at DESC, id DESC LIMIT $6`,
    [
      organisationId,
      listing.state ?? null,
      listing.connectionId ?? null,
      listing.after?.openedAt ?? null,
      listing.after?.id ?? null,
      listing.limit,
    ],
  );
}
