import type { UserAttributes } from '#contracts';
import type { Database, Queryable } from '#database';
import type { GraphClient } from '#graph-client';
import type { PeopleContext, Prediction } from '#people';

/** The reads that checking one person makes. */
export type CheckGraph = Pick<GraphClient, 'user' | 'deletedUser' | 'checkMemberGroups' | 'members'>;

export interface CheckTools {
  readonly db: Database;
  readonly graph: CheckGraph;
  readonly rules: Pick<PeopleContext, 'connectionOf'>;
  readonly settleMs: number;
  readonly now: Date;
}

export interface CheckRequest {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly watchedGroupIds: readonly string[];
  /** All users of the tenant are in scope. */
  readonly everybody: boolean;
  /** Any mail, user principal name or object id of the tenant. */
  readonly person: string;
}

/** Whom Graph shows under the text. */
export interface FoundPerson {
  readonly id: string;
  readonly state: 'present' | 'softDeleted';
  readonly unreadable: boolean;
  readonly attributes: UserAttributes;
}

/** A watched group as the person's own side names it now (also by an inner group), and as it is known here. */
export interface CheckedGroup {
  readonly groupId: string;
  readonly named: boolean;
  readonly known: boolean;
  /** Named because of an inner group alone, whose people are not taken. */
  readonly inner: boolean;
}

export const checkSteps = ['read', 'scope', 'match', 'decide'] as const;

/** `code` says what stands in the way; null where nothing does. */
export interface CheckStep {
  readonly step: (typeof checkSteps)[number];
  readonly code: string | null;
  readonly message: string;
}

export interface PersonCheck {
  readonly found: FoundPerson | null;
  readonly steps: readonly CheckStep[];
  readonly groups: readonly CheckedGroup[];
  readonly account: { readonly id: string; readonly status: string } | null;
  /** What would be done if all of it were stored; null where it is not known who it is. */
  readonly prediction: Prediction | null;
}

/** What `people` knows of one person. */
export interface KnownPerson {
  readonly groupIds: readonly string[];
  readonly account: { readonly id: string; readonly status: string } | null;
  /** What would follow waits for a decision already. */
  readonly isHeld: boolean;
}

/** Whom `people` knows under an address. */
export async function findKnownByAddress(
  db: Queryable,
  connectionId: string,
  address: string,
): Promise<{ readonly id: string; readonly attributes: UserAttributes } | null> {
  const [person] = await db.query<{ id: string; attributes: UserAttributes }>(
    `SELECT entra_object_id AS id, attributes FROM people.known_people
      WHERE connection_id = $1 AND lower($2) IN (lower(attributes->>'mail'), lower(attributes->>'userPrincipalName'))
      ORDER BY account_id IS NULL, user_read_no DESC LIMIT 1`,
    [connectionId, address],
  );
  return person ?? null;
}

export async function findKnown(db: Queryable, connectionId: string, personId: string): Promise<KnownPerson> {
  const memberships = await db.query<{ groupId: string }>(
    `SELECT group_id AS "groupId" FROM people.known_memberships WHERE connection_id = $1 AND member_id = $2 AND present ORDER BY 1`,
    [connectionId, personId],
  );
  const [account] = await db.query<{ id: string; status: string }>(
    `SELECT account_id AS id, status FROM people.known_people
      WHERE connection_id = $1 AND entra_object_id = $2 AND account_id IS NOT NULL`,
    [connectionId, personId],
  );
  const held = await db.query(
    `SELECT 1 FROM people.standing_orders WHERE connection_id = $1 AND entra_object_id = $2 AND kept = 'held' LIMIT 1`,
    [connectionId, personId],
  );
  return { groupIds: memberships.map(({ groupId }) => groupId), account: account ?? null, isHeld: held.length > 0 };
}
