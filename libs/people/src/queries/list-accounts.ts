import { z } from 'zod';
import { ListCursors, rollcallIdSchema } from '#contracts';
import type { Queryable } from '#database';
import type { OwnStatus } from '../decisions/situation.js';
import { containing, toPage, type ListPage } from './page.js';

export interface AccountView {
  readonly id: string;
  readonly organisationId: string;
  readonly connectionId: string;
  readonly entraObjectId: string;
  readonly displayName: string | null;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly email: string | null;
  readonly userPrincipalName: string | null;
  readonly status: OwnStatus;
  /** Why sync took the account out; null where it did not. */
  readonly statusReason: string | null;
  readonly roles: readonly string[];
  readonly protected: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface AccountFilter {
  readonly organisationId: string;
  readonly connectionId?: string | undefined;
  readonly status?: OwnStatus | undefined;
  /** A group of the directory whose grant the account has. */
  readonly group?: string | undefined;
  /** Part of a name or an address, without case. */
  readonly q?: string | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

const cursors = new ListCursors('accounts', z.tuple([z.string(), rollcallIdSchema]));

/** By name. */
export async function listAccounts(db: Queryable, filter: AccountFilter): Promise<ListPage<AccountView>> {
  const [afterName, afterId] = cursors.decode(filter.cursor) ?? [null, null];
  const rows = await db.query<AccountView & { readonly sortName: string }>(LIST, [
    filter.organisationId,
    filter.connectionId ?? null,
    filter.status ?? null,
    filter.group ?? null,
    filter.q === undefined ? null : containing(filter.q),
    afterName,
    afterId,
    filter.limit + 1,
  ]);
  const { items, nextCursor } = toPage(rows, filter.limit, cursors, ({ sortName, id }) => [sortName, id]);
  return { items: items.map(({ sortName: _, ...account }) => account), nextCursor };
}

export async function getAccount(db: Queryable, organisationId: string, accountId: string): Promise<AccountView | null> {
  const [account] = await db.query<AccountView>(
    `SELECT ${COLUMNS} FROM people.accounts a WHERE a.organisation_id = $1 AND a.id = $2`,
    [organisationId, accountId],
  );
  return account ?? null;
}

const COLUMNS = `a.id, a.organisation_id AS "organisationId", a.connection_id AS "connectionId", a.entra_object_id AS "entraObjectId",
  a.display_name AS "displayName", a.given_name AS "givenName", a.surname, a.email, a.user_principal_name AS "userPrincipalName",
  a.status, a.out_code AS "statusReason", a.roles, a.protected, a.created_at AS "createdAt", a.updated_at AS "updatedAt"`;

const LIST = `
  SELECT ${COLUMNS}, a.sort_name AS "sortName"
    FROM people.accounts a
   WHERE a.organisation_id = $1
     AND ($2::uuid IS NULL OR a.connection_id = $2)
     AND ($3::text IS NULL OR a.status = $3)
     AND ($4::uuid IS NULL OR EXISTS (SELECT 1 FROM people.grants g WHERE g.account_id = a.id AND g.group_id = $4))
     AND ($5::text IS NULL OR a.display_name ILIKE $5 OR a.email ILIKE $5)
     AND ($6::text IS NULL OR (a.sort_name, a.id) > ($6, $7::uuid))
   ORDER BY a.sort_name, a.id
   LIMIT $8`;
