import type { Tx } from '#database';
import type { PersonKey } from '../decisions/situation.js';
import type { AccountChange } from './plan-account-change.js';

/** A change with the person it is about. */
export interface PlannedAccount extends PersonKey {
  readonly organisationId: string;
  readonly change: AccountChange;
}

/** Writes accounts, addresses and grants, each in one statement, in id order. Addresses are all given up before any is taken. */
export async function saveAccounts(tx: Tx, planned: readonly PlannedAccount[], now: Date): Promise<void> {
  const ordered = [...planned].sort((left, right) => (left.change.account.id < right.change.account.id ? -1 : 1));
  const rows = ordered.map(({ change, ...person }) => ({
    ...person,
    ...change.account,
    isNew: change.isNew,
    isChanged: change.isChanged,
  }));
  const created = rows.filter(({ isNew }) => isNew);
  const updated = rows.filter(({ isNew, isChanged }) => !isNew && isChanged);
  if (created.length > 0) await tx.query(INSERT_ACCOUNTS, [JSON.stringify(created), now]);
  if (updated.length > 0) await tx.query(UPDATE_ACCOUNTS, [JSON.stringify(updated), now]);
  if (updated.length > 0) await tx.query(RELEASE_CLAIMS, [JSON.stringify(updated.map(({ id, claim }) => ({ id, claim })))]);
  const claims = [...created, ...updated]
    .filter(({ claim }) => claim !== null)
    .map(({ organisationId, id, claim }) => ({ organisationId, id, claim }));
  if (claims.length > 0) await tx.query(TAKE_CLAIMS, [JSON.stringify(claims)]);
  const grantsOf = (which: 'granted' | 'revoked') =>
    ordered.flatMap(({ change, organisationId, connectionId, entraObjectId }) =>
      change[which].map((groupId) => ({ organisationId, connectionId, entraObjectId, accountId: change.account.id, groupId })),
    );
  const granted = grantsOf('granted');
  const revoked = grantsOf('revoked');
  if (revoked.length > 0)
    await tx.query(DELETE_GRANTS, [revoked.map(({ accountId }) => accountId), revoked.map(({ groupId }) => groupId)]);
  if (granted.length > 0) await tx.query(INSERT_GRANTS, [JSON.stringify(granted), now]);
}

const ACCOUNT_COLUMNS = `"id" uuid, "organisationId" uuid, "connectionId" uuid, "entraObjectId" uuid, "displayName" text, "givenName" text,
  "surname" text, "email" text, "userPrincipalName" text, "ownStatus" text, "isOut" boolean, "outCode" text`;

const INSERT_ACCOUNTS = `
  INSERT INTO people.accounts (id, organisation_id, connection_id, entra_object_id, display_name, given_name, surname, email,
         user_principal_name, own_status, is_out, out_code, created_at, updated_at)
  SELECT r."id", r."organisationId", r."connectionId", r."entraObjectId", r."displayName", r."givenName", r."surname", r."email",
         r."userPrincipalName", r."ownStatus", r."isOut", r."outCode", $2, $2
    FROM jsonb_to_recordset($1::jsonb) AS r (${ACCOUNT_COLUMNS})`;

const UPDATE_ACCOUNTS = `
  UPDATE people.accounts a
     SET display_name = r."displayName", given_name = r."givenName", surname = r."surname", email = r."email",
         user_principal_name = r."userPrincipalName", is_out = r."isOut", out_code = r."outCode", updated_at = $2
    FROM jsonb_to_recordset($1::jsonb) AS r (${ACCOUNT_COLUMNS})
   WHERE a.id = r."id"`;

const RELEASE_CLAIMS = `
  DELETE FROM people.email_claims c
   USING jsonb_to_recordset($1::jsonb) AS r ("id" uuid, "claim" text)
   WHERE c.account_id = r."id" AND c.email_key IS DISTINCT FROM r."claim"`;

const TAKE_CLAIMS = `
  INSERT INTO people.email_claims (organisation_id, email_key, account_id)
  SELECT r."organisationId", r."claim", r."id"
    FROM jsonb_to_recordset($1::jsonb) AS r ("organisationId" uuid, "id" uuid, "claim" text)
   WHERE NOT EXISTS (SELECT 1 FROM people.email_claims c WHERE c.account_id = r."id")`;

const DELETE_GRANTS = `
  DELETE FROM people.grants g
   USING unnest($1::uuid[], $2::uuid[]) AS r (account_id, group_id)
   WHERE g.account_id = r.account_id AND g.group_id = r.group_id AND g.source = 'sync'`;

const INSERT_GRANTS = `
  INSERT INTO people.grants (organisation_id, connection_id, group_id, account_id, entra_object_id, source, granted_at)
  SELECT r."organisationId", r."connectionId", r."groupId", r."accountId", r."entraObjectId", 'sync', $2
    FROM jsonb_to_recordset($1::jsonb) AS r ("organisationId" uuid, "connectionId" uuid, "groupId" uuid, "accountId" uuid, "entraObjectId" uuid)
  ON CONFLICT (account_id, group_id) DO NOTHING`;
