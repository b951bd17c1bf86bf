import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything that live sync keeps: watched connections, chains and their due marks, subscriptions, principals, rechecks. */
export class CreateWatch1795400000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE watch.rechecks, watch.principals, watch.subscriptions, watch.early_finds, watch.staged_members,
        watch.baselines, watch.groups, watch.due_marks, watch.chains, watch.watched_connections;
      DROP SEQUENCE watch.read_numbers
    `);
  }
}

const STATEMENTS = [
  `CREATE SEQUENCE watch.read_numbers`,

  `CREATE TABLE watch.watched_connections (
    connection_id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    tenant_id text NOT NULL,
    live boolean NOT NULL,
    quarantined boolean NOT NULL DEFAULT false,
    mode text NOT NULL DEFAULT 'polling' CHECK (mode IN ('perGroup', 'perTenant', 'polling', 'sweepOnly')),
    problem_code text,
    problem_message text,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    blocked_until timestamptz,
    block_code text,
    block_kind text CHECK (block_kind IN ('groups', 'users')),
    keeper_due_at timestamptz NOT NULL DEFAULT now(),
    keeper_failures integer NOT NULL DEFAULT 0,
    listed_at timestamptz,
    subscription_lost boolean NOT NULL DEFAULT false,
    per_group_refused boolean NOT NULL DEFAULT false,
    degraded_since timestamptz,
    missed_notices bigint NOT NULL DEFAULT 0,
    lease_owner text,
    lease_token bigint NOT NULL DEFAULT 0,
    lease_until timestamptz
  )`,

  `CREATE TABLE watch.chains (
    id uuid PRIMARY KEY,
    connection_id uuid NOT NULL REFERENCES watch.watched_connections (connection_id) ON DELETE CASCADE,
    organisation_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('groups', 'users')),
    state text NOT NULL CHECK (state IN ('live', 'overlapping', 'retired')),
    group_ids text[] NOT NULL DEFAULT '{}' CHECK (cardinality(group_ids) <= 50),
    properties text[] NOT NULL DEFAULT '{}',
    replaces uuid[] NOT NULL DEFAULT '{}',
    baseline_reason text,
    link text,
    link_taken_at timestamptz,
    next_link text,
    round_due_seq bigint,
    round_noticed_at timestamptz,
    read_seq bigint NOT NULL DEFAULT 0,
    claimed_seq bigint NOT NULL DEFAULT 0,
    read_no bigint,
    read_at timestamptz,
    sweeps_in_vain integer NOT NULL DEFAULT 0,
    reread_soon_at timestamptz,
    reread_late_at timestamptz,
    reread_noticed_at timestamptz,
    failures integer NOT NULL DEFAULT 0,
    failure_code text,
    retry_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    lease_owner text,
    lease_token bigint NOT NULL DEFAULT 0,
    lease_until timestamptz
  )`,
  `CREATE INDEX chains_connection ON watch.chains (connection_id) WHERE state <> 'retired'`,

  // Apart from the chains, so that the webhook never waits for a reader's lock.
  `CREATE TABLE watch.due_marks (
    chain_id uuid PRIMARY KEY REFERENCES watch.chains (id) ON DELETE CASCADE,
    due_seq bigint NOT NULL DEFAULT 0,
    notices bigint NOT NULL DEFAULT 0,
    noticed_at timestamptz,
    last_notice_at timestamptz
  ) WITH (fillfactor = 50)`,

  `CREATE TABLE watch.groups (
    connection_id uuid NOT NULL REFERENCES watch.watched_connections (connection_id) ON DELETE CASCADE,
    group_id text NOT NULL,
    chain_id uuid NOT NULL REFERENCES watch.chains (id),
    state text NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'softDeleted', 'deleted')),
    display_name text,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (connection_id, group_id)
  )`,
  `CREATE INDEX groups_chain ON watch.groups (chain_id)`,

  `CREATE TABLE watch.baselines (
    connection_id uuid NOT NULL REFERENCES watch.watched_connections (connection_id) ON DELETE CASCADE,
    organisation_id uuid NOT NULL,
    group_id text NOT NULL,
    reason text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    run_id uuid,
    PRIMARY KEY (connection_id, group_id)
  )`,
  `CREATE INDEX baselines_run ON watch.baselines (run_id)`,

  // The members that a long round has reported so far. Removals are published from here when the round is complete.
  `CREATE TABLE watch.staged_members (
    chain_id uuid NOT NULL REFERENCES watch.chains (id) ON DELETE CASCADE,
    group_id text NOT NULL,
    member_id text NOT NULL,
    member_type text NOT NULL,
    removed boolean NOT NULL,
    contradicted boolean NOT NULL DEFAULT false,
    read_no bigint NOT NULL,
    page integer NOT NULL,
    PRIMARY KEY (chain_id, group_id, member_id)
  )`,

  `CREATE TABLE watch.early_finds (
    chain_id uuid NOT NULL REFERENCES watch.chains (id) ON DELETE CASCADE,
    connection_id uuid NOT NULL,
    read_no bigint NOT NULL,
    changes integer NOT NULL,
    found_at timestamptz NOT NULL,
    PRIMARY KEY (chain_id, read_no)
  )`,
  `CREATE INDEX early_finds_age ON watch.early_finds (found_at)`,

  // The row is there before the POST: a subscription that Graph made and we forgot to note is found again by its address.
  `CREATE TABLE watch.subscriptions (
    id uuid PRIMARY KEY,
    connection_id uuid NOT NULL REFERENCES watch.watched_connections (connection_id) ON DELETE CASCADE,
    organisation_id uuid NOT NULL,
    tenant_id text NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('group', 'groups', 'users')),
    group_id text,
    resource text NOT NULL,
    notification_url text NOT NULL,
    client_state_hash bytea NOT NULL,
    graph_id text UNIQUE,
    expires_at timestamptz,
    renewed_at timestamptz,
    reauthorize boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((purpose = 'group') = (group_id IS NOT NULL))
  )`,
  `CREATE INDEX subscriptions_connection ON watch.subscriptions (connection_id)`,

  `CREATE TABLE watch.principals (
    connection_id uuid NOT NULL REFERENCES watch.watched_connections (connection_id) ON DELETE CASCADE,
    object_id text NOT NULL,
    group_id text,
    state text NOT NULL CHECK (state IN ('pending', 'read', 'missing')),
    retry_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    failure_code text,
    noticed_at timestamptz,
    PRIMARY KEY (connection_id, object_id)
  )`,
  `CREATE INDEX principals_pending ON watch.principals (connection_id, retry_at) WHERE state = 'pending'`,

  `CREATE TABLE watch.rechecks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connection_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('membership', 'user')),
    group_id text NOT NULL DEFAULT '',
    member_id text NOT NULL,
    reason text NOT NULL,
    stage text NOT NULL DEFAULT 'first' CHECK (stage IN ('first', 'confirm', 'second')),
    absent_read_no bigint,
    absent_read_at timestamptz,
    requested_at timestamptz NOT NULL DEFAULT now(),
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    failure_code text,
    UNIQUE (connection_id, kind, group_id, member_id)
  )`,
  `CREATE INDEX rechecks_due ON watch.rechecks (due_at)`,
];
