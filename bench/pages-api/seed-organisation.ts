import type pg from 'pg';

export interface Seeded {
  readonly organisationId: string;
  readonly connectionId: string;
  /** Everybody is in this one. */
  readonly largeGroupId: string;
  /** One in five hundred is in this one. */
  readonly smallGroupId: string;
}

export interface Size {
  readonly accounts: number;
  readonly effects: number;
}

/**
 * Fills an organisation by plain SQL: people with names as they are, their grants, a journal of the last 60 days whose effects are
 * half of runs and half live, and as many held and dissolved changes, pins, skipped people, notices and audit entries as a bad day
 * leaves.
 */
export async function seedOrganisation(client: pg.Client, seeded: Seeded, { accounts, effects }: Size): Promise<void> {
  const { organisationId, connectionId, largeGroupId, smallGroupId } = seeded;
  await client.query(NAMES);
  await client.query(PEOPLE, [organisationId, connectionId, accounts]);
  for (const [groupId, oneIn] of [[largeGroupId, 1] as const, [smallGroupId, 500] as const]) {
    await client.query(MEMBERSHIPS, [organisationId, connectionId, groupId, oneIn]);
    await client.query(GRANTS, [organisationId, connectionId, groupId, oneIn]);
  }
  await client.query(JOURNAL, [organisationId, connectionId, largeGroupId, effects, Math.max(1, accounts)]);
  await client.query(HELD, [organisationId, connectionId, largeGroupId, Math.floor(accounts / 2)]);
  await client.query(DISSOLVED, [organisationId, connectionId, largeGroupId, accounts]);
  await client.query(PINS, [organisationId, connectionId, largeGroupId, Math.floor(accounts / 50)]);
  await client.query(AUDIT, [organisationId, connectionId, accounts]);
  await client.query('ANALYZE');
}

// Few first names and many surnames, as in life: parts of names find some or many.
const NAMES = `
  CREATE OR REPLACE FUNCTION pg_temp.name_of(n int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['Adele','Bruno','Chiara','Dmitri','Esra','Farid','Greta','Hugo','Ines','Jonas'])[1 + n % 10]
           || ' ' || initcap(substr(md5(n::text), 1, 7)) $$`;

const PEOPLE = `
  WITH people AS (SELECT n, gen_random_uuid() AS person, pg_temp.name_of(n) AS name FROM generate_series(1, $3::int) n),
  stored AS (
    INSERT INTO people.persons (connection_id, entra_object_id, organisation_id, attributes, user_state, skip_code, updated_at)
    SELECT $2, person, $1, jsonb_build_object('displayName', name), 'present', CASE WHEN n % 20 = 0 THEN 'NO_USABLE_EMAIL' END, now()
      FROM people)
  INSERT INTO people.accounts (id, organisation_id, connection_id, entra_object_id, display_name, email, user_principal_name, own_status,
                               is_out, roles, created_at, updated_at)
  SELECT gen_random_uuid(), $1, $2, person, name, lower(replace(name, ' ', '.')) || n || '@contoso.example',
         'p' || n || '@contoso.example', CASE WHEN n % 3 = 0 THEN 'active' ELSE 'inactive' END, n % 25 = 0, '{}', now(), now()
    FROM people`;

const MEMBERSHIPS = `
  INSERT INTO people.memberships (connection_id, group_id, member_id, organisation_id, member_type, present, read_no, page, flips, written_by,
                                  changed_at)
  SELECT $2, $3, entra_object_id, $1, 'user', true, 1, 0, 0, 'state', now() FROM people.accounts
   WHERE connection_id = $2 AND hashtext(id::text) % $4::int = 0`;

const GRANTS = `
  INSERT INTO people.grants (account_id, group_id, organisation_id, connection_id, entra_object_id, source, granted_at)
  SELECT id, $3, $1, $2, entra_object_id, 'sync', now() FROM people.accounts
   WHERE connection_id = $2 AND hashtext(id::text) % $4::int = 0`;

const JOURNAL = `
  WITH numbered AS (SELECT id, entra_object_id, row_number() OVER () AS n FROM people.accounts WHERE connection_id = $2),
  effects AS (
    SELECT e, now() - interval '60 days' * (1 - e::float8 / greatest($4::int, 1)) AS at, e % 2 = 0 AS of_run,
           ('00000000-0000-4000-9000-' || lpad((e / 5000)::text, 12, '0'))::uuid AS run
      FROM generate_series(1, $4::int) e)
  INSERT INTO people.journal (id, account_id, entra_object_id, organisation_id, connection_id, group_id, type, before, after, cause_kind,
                              cause_id, run_id, noticed_at, read_at, published_at, applied_at, idempotency_key)
  SELECT gen_random_uuid(), n.id, n.entra_object_id, $1, $2, $3, 'rollcall.account.updated', '{"displayName": "Old"}', '{"displayName": "New"}',
         CASE WHEN e % 10000 = 0 THEN 'person' WHEN of_run THEN 'run' ELSE 'event' END,
         CASE WHEN of_run THEN run::text ELSE md5(e::text)::uuid::text END, CASE WHEN of_run THEN run END,
         at - interval '900 ms', at - interval '600 ms', at - interval '300 ms', at, 'bench:' || e
    FROM effects JOIN numbered n ON n.n = 1 + (e::bigint * 7919) % $5::int
   ORDER BY e`;

const HELD = `
  INSERT INTO people.held_changes (id, organisation_id, connection_id, group_id, entra_object_id, account_id, action, code, message, held_at,
                                   read_no, page)
  SELECT gen_random_uuid(), $1, $2, $3, entra_object_id, id, 'revoke', 'GUARD_TRIPPED', 'held', now() - random() * interval '1 day', 1, 0
    FROM people.accounts WHERE connection_id = $2 ORDER BY id LIMIT $4`;

const DISSOLVED = `
  INSERT INTO people.held_changes (id, organisation_id, connection_id, group_id, entra_object_id, account_id, action, code, message, held_at,
                                   read_no, page, state, note, closed_at)
  SELECT gen_random_uuid(), $1, $2, $3, entra_object_id, id, 'revoke', 'GUARD_TRIPPED', 'held', now() - interval '3 days', 1, 0, 'void',
         'taken back', now() - random() * interval '2 days'
    FROM people.accounts WHERE connection_id = $2 ORDER BY id LIMIT $4`;

const PINS = `
  INSERT INTO people.pins (id, organisation_id, connection_id, group_id, entra_object_id, keep, reason, pinned_by, pinned_at)
  SELECT gen_random_uuid(), $1, $2, $3, entra_object_id, 'in', 'REJECTED', 'bench', now() - random() * interval '1 day'
    FROM people.accounts WHERE connection_id = $2 ORDER BY id DESC LIMIT $4`;

const AUDIT = `
  INSERT INTO connections.audit (organisation_id, connection_id, actor_kind, actor_id, action, before, after)
  SELECT $1, CASE WHEN n % 1000 = 0 THEN $2::uuid END, 'person', 'bench', 'connection.patch', '{}', '{}' FROM generate_series(1, $3::int) n`;
