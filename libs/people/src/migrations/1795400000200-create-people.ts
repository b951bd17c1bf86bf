import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Directory facts (groups, persons, memberships), what the rules made of them (accounts, grants, email claims), what stands between
 * the two (held changes, pins, staged rounds), and what happened (journal, outcomes of plans and runs).
 */
export class CreatePeople1795400000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE people.journal, people.run_pages, people.plan_outcomes, people.plan_units, people.guard_trips, people.round_pages,
        people.pins, people.held_changes, people.email_claims, people.grants, people.accounts, people.memberships,
        people.persons, people.groups;
      DROP SEQUENCE people.journal_seq
    `);
  }
}

const STATEMENTS = [
  `CREATE TABLE people.groups (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    group_id uuid NOT NULL,
    display_name text,
    state text NOT NULL CHECK (state IN ('present', 'softDeleted', 'deleted', 'unwatched')),
    read_no bigint NOT NULL,
    page integer NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (connection_id, group_id)
  )`,

  // One row per person of a tenant, known by a membership or by attributes. user_state is null until somebody read the person.
  `CREATE TABLE people.persons (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    entra_object_id uuid NOT NULL,
    revision bigint NOT NULL DEFAULT 0,
    user_state text CHECK (user_state IN ('present', 'softDeleted', 'deleted')),
    attributes jsonb NOT NULL DEFAULT '{}',
    unreadable boolean NOT NULL DEFAULT false,
    user_read_no bigint NOT NULL DEFAULT 0,
    user_page integer NOT NULL DEFAULT 0,
    user_written_by text CHECK (user_written_by IN ('delta', 'state')),
    user_delta_reported jsonb NOT NULL DEFAULT '{}',
    user_flips integer NOT NULL DEFAULT 0,
    user_changed_at timestamptz,
    skip_code text,
    waiting_email text,
    deferred boolean NOT NULL DEFAULT false,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (connection_id, entra_object_id)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX persons_waiting ON people.persons (organisation_id, waiting_email) WHERE waiting_email IS NOT NULL`,
  `CREATE INDEX persons_skipped ON people.persons (connection_id, skip_code) WHERE skip_code IS NOT NULL`,
  `CREATE INDEX persons_deferred ON people.persons (connection_id) WHERE deferred`,

  // A row that is not present is a tombstone: a slower read that still lists the member may be on its way.
  `CREATE TABLE people.memberships (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    group_id uuid NOT NULL,
    member_id uuid NOT NULL,
    member_type text NOT NULL,
    present boolean NOT NULL,
    read_no bigint NOT NULL,
    page integer NOT NULL,
    written_by text NOT NULL CHECK (written_by IN ('delta', 'state')),
    delta_reported_at timestamptz,
    flips integer NOT NULL,
    noticed_at timestamptz,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (connection_id, group_id, member_id)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX memberships_member ON people.memberships (connection_id, member_id)`,
  `CREATE INDEX memberships_tombstones ON people.memberships (changed_at) WHERE NOT present`,

  // is_out is what sync decided; own_status is what the person would have without it, so a returner gets it back.
  `CREATE TABLE people.accounts (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    entra_object_id uuid NOT NULL,
    display_name text,
    given_name text,
    surname text,
    email text,
    user_principal_name text,
    own_status text NOT NULL CHECK (own_status IN ('inactive', 'active', 'deactivated')),
    is_out boolean NOT NULL DEFAULT false,
    out_code text,
    status text NOT NULL GENERATED ALWAYS AS (CASE WHEN is_out THEN 'deactivated' ELSE own_status END) STORED,
    sort_name text NOT NULL GENERATED ALWAYS AS (lower(coalesce(display_name, ''))) STORED,
    protected boolean NOT NULL DEFAULT false,
    roles text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (connection_id, entra_object_id)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX accounts_by_name ON people.accounts (organisation_id, sort_name, id)`,
  `CREATE INDEX accounts_in_scope ON people.accounts (connection_id) WHERE NOT is_out`,
  `CREATE INDEX accounts_super_admins ON people.accounts (organisation_id) WHERE 'superAdmin' = ANY (roles)`,

  `CREATE TABLE people.grants (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    group_id uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES people.accounts (id),
    entra_object_id uuid NOT NULL,
    source text NOT NULL CHECK (source IN ('sync', 'manual')),
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, group_id)
  )`,
  `CREATE INDEX grants_by_group ON people.grants (connection_id, group_id, account_id)`,

  // An address belongs to one account of an organisation, in lower case.
  `CREATE TABLE people.email_claims (
    organisation_id uuid NOT NULL,
    email_key text NOT NULL,
    account_id uuid NOT NULL REFERENCES people.accounts (id),
    PRIMARY KEY (organisation_id, email_key)
  )`,
  `CREATE UNIQUE INDEX email_claims_account ON people.email_claims (account_id)`,

  `CREATE TABLE people.held_changes (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    group_id uuid,
    entra_object_id uuid NOT NULL,
    account_id uuid,
    action text NOT NULL CHECK (action IN ('create', 'reactivate', 'update', 'deactivate', 'grant', 'revoke')),
    code text NOT NULL,
    message text NOT NULL,
    read_no bigint NOT NULL,
    page integer NOT NULL,
    held_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'released', 'rejected', 'void')),
    note text,
    closed_at timestamptz,
    closed_by text
  )`,
  `CREATE UNIQUE INDEX held_changes_open ON people.held_changes
     (connection_id, entra_object_id, (coalesce(group_id, '00000000-0000-0000-0000-000000000000'::uuid)), action) WHERE state = 'open'`,
  `CREATE INDEX held_changes_listed ON people.held_changes (connection_id, held_at, id) WHERE state = 'open'`,
  `CREATE INDEX held_changes_closed ON people.held_changes (closed_at) WHERE state <> 'open'`,

  `CREATE TABLE people.pins (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    group_id uuid,
    entra_object_id uuid NOT NULL,
    keep text NOT NULL CHECK (keep IN ('in', 'out')),
    cause_code text,
    reason text NOT NULL,
    pinned_by text NOT NULL,
    pinned_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'lifted', 'overtaken')),
    closed_at timestamptz,
    closed_by text
  )`,
  `CREATE UNIQUE INDEX pins_open ON people.pins
     (connection_id, entra_object_id, (coalesce(group_id, '00000000-0000-0000-0000-000000000000'::uuid))) WHERE state = 'open'`,
  `CREATE INDEX pins_closed ON people.pins (connection_id, entra_object_id, closed_at) WHERE state = 'overtaken'`,

  // The removals of a round wait here until its last page has come.
  `CREATE TABLE people.round_pages (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    group_id uuid NOT NULL,
    round_id text NOT NULL,
    page_index integer NOT NULL,
    pages integer NOT NULL,
    event jsonb NOT NULL,
    published_at timestamptz,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (connection_id, group_id, round_id, page_index)
  )`,
  `CREATE INDEX round_pages_age ON people.round_pages (received_at)`,

  // One alert per scope until what it held was released, rejected or taken back; group_id is null for the whole connection.
  `CREATE TABLE people.guard_trips (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    group_id uuid,
    code text NOT NULL,
    lost integer NOT NULL,
    base integer NOT NULL,
    allowed integer,
    tripped_at timestamptz NOT NULL,
    ended_at timestamptz
  )`,
  `CREATE UNIQUE INDEX guard_trips_open ON people.guard_trips
     (connection_id, (coalesce(group_id, '00000000-0000-0000-0000-000000000000'::uuid))) WHERE ended_at IS NULL`,

  `CREATE TABLE people.plan_units (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    run_id uuid NOT NULL,
    entra_object_id uuid NOT NULL,
    expected_revision bigint NOT NULL,
    revision_after bigint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, entra_object_id)
  )`,
  `CREATE TABLE people.plan_outcomes (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    run_id uuid NOT NULL,
    change_id uuid NOT NULL,
    entra_object_id uuid NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('applied', 'stale', 'held')),
    code text,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, change_id)
  )`,
  `CREATE TABLE people.run_pages (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    run_id uuid NOT NULL,
    event_id text NOT NULL,
    counts jsonb NOT NULL,
    applied_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, event_id)
  )`,

  `CREATE SEQUENCE people.journal_seq`,
  // guard_group_ids is null for entries that the guard does not count: additions, and what a person released, approved or undid.
  `CREATE TABLE people.journal (
    id uuid NOT NULL,
    seq bigint NOT NULL DEFAULT nextval('people.journal_seq'),
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    account_id uuid NOT NULL,
    entra_object_id uuid NOT NULL,
    group_id uuid,
    type text NOT NULL,
    before jsonb,
    after jsonb,
    cause_kind text NOT NULL,
    cause_id text NOT NULL,
    run_id uuid,
    idempotency_key text NOT NULL,
    guard_group_ids uuid[],
    noticed_at timestamptz,
    read_at timestamptz,
    published_at timestamptz,
    applied_at timestamptz NOT NULL,
    PRIMARY KEY (id, applied_at)
  ) PARTITION BY RANGE (applied_at)`,
  // A safety net only: the partitions of the coming months are made ahead (see journal-partitions.ts).
  `CREATE TABLE people.journal_default PARTITION OF people.journal DEFAULT`,
  `CREATE INDEX journal_by_account ON people.journal (account_id, seq DESC)`,
  `CREATE INDEX journal_by_connection ON people.journal (organisation_id, connection_id, seq DESC)`,
  `CREATE INDEX journal_losses ON people.journal (connection_id, applied_at) WHERE guard_group_ids IS NOT NULL`,
  `CREATE INDEX journal_by_time ON people.journal (connection_id, applied_at)`,
  `CREATE INDEX journal_by_run ON people.journal (run_id, seq) WHERE run_id IS NOT NULL`,
];
