import type { MemberType } from '#contracts';
import type { Database } from '#database';
import type { GraphClient, GroupKind } from '#graph-client';
import type { PeopleContext } from '#people';

/** The reads that a preview makes. */
export type PreviewGraph = Pick<GraphClient, 'group' | 'members' | 'memberCount'>;

export interface PreviewTools {
  readonly db: Database;
  readonly graph: PreviewGraph;
  /** Rules by connection: of the stored one, or of one that exists only in the request. */
  readonly rules: Pick<PeopleContext, 'connectionOf'>;
  readonly settleMs: number;
  readonly now: Date;
}

export interface PreviewRequest {
  readonly organisationId: string;
  readonly connectionId: string;
  /** With `EVERYBODY` among them where all users of the tenant are in scope. */
  readonly groupIds: readonly string[];
  /** How many rows are answered of those who would come, and of those who are skipped. Counts are complete. */
  readonly rows: number;
}

/** One group, or `EVERYBODY`, as Entra shows it now. */
export interface PreviewedGroup {
  readonly id: string;
  readonly displayName: string | null;
  readonly kind: GroupKind;
  /** Entra's own count of direct members, from its index; null where it does not say. */
  readonly inEntra: number | null;
  /** What the read found, by kind. */
  readonly members: Readonly<Partial<Record<MemberType, number>>>;
  /** People whom the application may not read. */
  readonly unreadable: number;
  /** False where the read stopped before its end: what is counted is too few. */
  readonly complete: boolean;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

export const previewActions = ['create', 'reactivate', 'update', 'grant', 'deactivate', 'unchanged', 'skip'] as const;
export type PreviewAction = (typeof previewActions)[number];

export interface PreviewedPerson {
  readonly entraObjectId: string;
  readonly displayName: string | null;
  readonly email: string | null;
  readonly userPrincipalName: string | null;
  readonly groupIds: readonly string[];
  readonly action: PreviewAction;
  readonly code: string | null;
}

export interface Preview {
  readonly groups: readonly PreviewedGroup[];
  readonly counts: Readonly<Record<PreviewAction, number>> & { readonly people: number };
  readonly skippedByReason: Readonly<Record<string, number>>;
  /** False where a group was not read to its end. */
  readonly complete: boolean;
  /** Who would come or change. */
  readonly people: readonly PreviewedPerson[];
  readonly skipped: readonly PreviewedPerson[];
}
