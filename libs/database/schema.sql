SEQUENCE messaging.feed_id_seq

SEQUENCE messaging.outbox_id_seq

TABLE messaging.dead_letters
  attempts integer NOT NULL
  connection_id text
  consumer_group text NOT NULL
  event_id text
  event_type text
  first_at timestamp with time zone NOT NULL
  headers jsonb NOT NULL
  id uuid NOT NULL DEFAULT gen_random_uuid()
  key text NOT NULL
  last_at timestamp with time zone NOT NULL
  offset bigint NOT NULL
  organisation_id text
  partition smallint NOT NULL
  reason_code text NOT NULL
  reason_message text NOT NULL
  settled_at timestamp with time zone
  settled_by text
  state text NOT NULL DEFAULT 'open'::text
  topic text NOT NULL
  value bytea NOT NULL
  CONSTRAINT dead_letters_pkey PRIMARY KEY (id)
  CONSTRAINT dead_letters_state_check CHECK ((state = ANY (ARRAY['open'::text, 'replayed'::text, 'discarded'::text])))
  CREATE INDEX dead_letters_by_organisation ON messaging.dead_letters USING btree (organisation_id, last_at DESC, id)
  CREATE UNIQUE INDEX dead_letters_by_place ON messaging.dead_letters USING btree (consumer_group, topic, partition, "offset", COALESCE(event_id, ''::text))

TABLE messaging.feed
  appended_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
  event text NOT NULL
  event_id text NOT NULL
  id bigint NOT NULL IDENTITY
  organisation_id text NOT NULL
  CONSTRAINT feed_event_id_key UNIQUE (event_id)
  CONSTRAINT feed_pkey PRIMARY KEY (id)
  CREATE INDEX feed_by_age ON messaging.feed USING btree (appended_at)
  CREATE INDEX feed_by_organisation ON messaging.feed USING btree (organisation_id, id)

TABLE messaging.log_partitions
  next_offset bigint NOT NULL DEFAULT 0
  partition smallint NOT NULL
  topic text NOT NULL
  CONSTRAINT log_partitions_pkey PRIMARY KEY (topic, partition)

TABLE messaging.log_positions
  consumer_group text NOT NULL
  next_offset bigint NOT NULL
  partition smallint NOT NULL
  topic text NOT NULL
  CONSTRAINT log_positions_pkey PRIMARY KEY (consumer_group, topic, partition)

TABLE messaging.log_records
  headers jsonb NOT NULL
  key text NOT NULL
  offset bigint NOT NULL
  partition smallint NOT NULL
  published_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
  topic text NOT NULL
  value bytea NOT NULL
  CONSTRAINT log_records_pkey PRIMARY KEY (topic, partition, "offset")
  CREATE INDEX log_records_by_age ON messaging.log_records USING btree (topic, published_at)

TABLE messaging.outbox
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
  headers jsonb NOT NULL
  id bigint NOT NULL IDENTITY
  key text NOT NULL
  shard smallint NOT NULL
  topic text NOT NULL
  value bytea NOT NULL
  CONSTRAINT outbox_pkey PRIMARY KEY (id)
  CREATE INDEX outbox_by_shard ON messaging.outbox USING btree (shard, id)

TABLE messaging.outbox_shards
  lease_owner text
  lease_token bigint NOT NULL DEFAULT 0
  lease_until timestamp with time zone
  shard smallint NOT NULL
  CONSTRAINT outbox_shards_pkey PRIMARY KEY (shard)

SEQUENCE connections.audit_id_seq

CREATE OR REPLACE FUNCTION connections.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        RAISE EXCEPTION 'the audit is append-only';
      END $function$


TABLE connections.audit
  action text NOT NULL
  actor_id text NOT NULL
  actor_kind text NOT NULL
  after jsonb
  at timestamp with time zone NOT NULL DEFAULT now()
  before jsonb
  connection_id uuid
  id bigint NOT NULL IDENTITY
  organisation_id uuid NOT NULL
  CONSTRAINT audit_pkey PRIMARY KEY (id)
  CREATE INDEX audit_organisation ON connections.audit USING btree (organisation_id, id DESC)
  CREATE TRIGGER audit_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON connections.audit FOR EACH STATEMENT EXECUTE FUNCTION connections.refuse_audit_change()

TABLE connections.connections
  client_id text NOT NULL
  cloud text NOT NULL
  created_at timestamp with time zone NOT NULL DEFAULT now()
  credential_code text
  credential_expires_at timestamp with time zone
  credential_failed_at timestamp with time zone
  credential_tried_at timestamp with time zone
  credential_version bigint NOT NULL DEFAULT 1
  id uuid NOT NULL DEFAULT gen_random_uuid()
  name text NOT NULL
  next_try_at timestamp with time zone
  organisation_id uuid NOT NULL
  reason_code text
  reason_message text
  settings jsonb NOT NULL
  state text NOT NULL DEFAULT 'created'::text
  tenant_id text NOT NULL
  updated_at timestamp with time zone NOT NULL DEFAULT now()
  version bigint NOT NULL DEFAULT 1
  CONSTRAINT connections_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES connections.organisations(id)
  CONSTRAINT connections_pkey PRIMARY KEY (id)
  CONSTRAINT connections_state_check CHECK ((state = ANY (ARRAY['created'::text, 'enabled'::text, 'paused'::text, 'quarantined'::text, 'disconnected'::text])))
  CREATE INDEX connections_organisation ON connections.connections USING btree (organisation_id, id)
  CREATE UNIQUE INDEX connections_tenant_client ON connections.connections USING btree (tenant_id, client_id) WHERE (state <> 'disconnected'::text)

TABLE connections.credentials
  connection_id uuid NOT NULL
  field text NOT NULL
  key_id text NOT NULL
  sealed text NOT NULL
  sealed_at timestamp with time zone NOT NULL DEFAULT now()
  CONSTRAINT credentials_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections.connections(id) ON DELETE CASCADE
  CONSTRAINT credentials_pkey PRIMARY KEY (connection_id, field)
  CREATE INDEX credentials_key ON connections.credentials USING btree (key_id)

TABLE connections.hands
  actor text NOT NULL
  at timestamp with time zone NOT NULL
  organisation_id uuid NOT NULL
  part text NOT NULL
  subject text NOT NULL
  CONSTRAINT hands_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES connections.organisations(id) ON DELETE CASCADE
  CONSTRAINT hands_part_check CHECK ((part = ANY (ARRAY['changed'::text, 'approved'::text])))
  CONSTRAINT hands_pkey PRIMARY KEY (organisation_id, subject, part, actor)
  CREATE INDEX hands_age ON connections.hands USING btree (at)

TABLE connections.idempotency_keys
  answer jsonb
  created_at timestamp with time zone NOT NULL
  key text NOT NULL
  organisation_id uuid NOT NULL
  request_hash bytea NOT NULL
  status integer
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (organisation_id, key)
  CREATE INDEX idempotency_keys_age ON connections.idempotency_keys USING btree (created_at)

TABLE connections.members
  created_at timestamp with time zone NOT NULL DEFAULT now()
  display_name text NOT NULL
  email text
  id uuid NOT NULL DEFAULT gen_random_uuid()
  issuer text
  left_at timestamp with time zone
  organisation_id uuid NOT NULL
  role text NOT NULL
  subject text
  CONSTRAINT members_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES connections.organisations(id)
  CONSTRAINT members_pkey PRIMARY KEY (id)
  CONSTRAINT members_role_check CHECK ((role = ANY (ARRAY['superAdmin'::text, 'itAdmin'::text, 'viewer'::text])))
  CREATE UNIQUE INDEX members_email ON connections.members USING btree (organisation_id, lower(email))
  CREATE UNIQUE INDEX members_identity ON connections.members USING btree (organisation_id, issuer, subject)

TABLE connections.organisations
  connect_as_global_administrator boolean NOT NULL DEFAULT false
  created_at timestamp with time zone NOT NULL DEFAULT now()
  four_eyes_on_removals boolean NOT NULL DEFAULT false
  id uuid NOT NULL DEFAULT gen_random_uuid()
  name text NOT NULL
  support_contact text
  time_zone text NOT NULL DEFAULT 'UTC'::text
  CONSTRAINT organisations_pkey PRIMARY KEY (id)

TABLE connections.sessions
  created_at timestamp with time zone NOT NULL
  expires_at timestamp with time zone NOT NULL
  global_administrator_of text
  member_id uuid NOT NULL
  token_hash bytea NOT NULL
  CONSTRAINT sessions_member_id_fkey FOREIGN KEY (member_id) REFERENCES connections.members(id) ON DELETE CASCADE
  CONSTRAINT sessions_pkey PRIMARY KEY (token_hash)
  CREATE INDEX sessions_expiry ON connections.sessions USING btree (expires_at)

TABLE connections.sign_in_codes
  code_hash bytea NOT NULL
  expires_at timestamp with time zone NOT NULL
  member_id uuid NOT NULL
  CONSTRAINT sign_in_codes_member_id_fkey FOREIGN KEY (member_id) REFERENCES connections.members(id) ON DELETE CASCADE
  CONSTRAINT sign_in_codes_pkey PRIMARY KEY (code_hash)

TABLE connections.throttles
  blocked_until timestamp with time zone
  client_id text NOT NULL
  load double precision
  load_at timestamp with time zone
  reason text
  tenant_id text NOT NULL
  CONSTRAINT throttles_pkey PRIMARY KEY (tenant_id, client_id)

TABLE connections.watched_groups
  added_at timestamp with time zone NOT NULL DEFAULT now()
  connection_id uuid NOT NULL
  display_name text
  group_id text NOT NULL
  CONSTRAINT watched_groups_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections.connections(id) ON DELETE CASCADE
  CONSTRAINT watched_groups_pkey PRIMARY KEY (connection_id, group_id)

SEQUENCE watch.read_numbers

SEQUENCE watch.rechecks_id_seq

TABLE watch.baselines
  connection_id uuid NOT NULL
  group_id text NOT NULL
  organisation_id uuid NOT NULL
  reason text NOT NULL
  requested_at timestamp with time zone NOT NULL DEFAULT now()
  run_id uuid
  CONSTRAINT baselines_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES watch.watched_connections(connection_id) ON DELETE CASCADE
  CONSTRAINT baselines_pkey PRIMARY KEY (connection_id, group_id)
  CREATE INDEX baselines_run ON watch.baselines USING btree (run_id)

TABLE watch.chains
  anew_run_id uuid
  anew_state text
  baseline_reason text
  claimed_seq bigint NOT NULL DEFAULT 0
  connection_id uuid NOT NULL
  created_at timestamp with time zone NOT NULL DEFAULT now()
  failure_code text
  failures integer NOT NULL DEFAULT 0
  group_ids text[] NOT NULL DEFAULT '{}'::text[]
  id uuid NOT NULL
  kind text NOT NULL
  lease_owner text
  lease_token bigint NOT NULL DEFAULT 0
  lease_until timestamp with time zone
  link text
  link_taken_at timestamp with time zone
  next_link text
  organisation_id uuid NOT NULL
  properties text[] NOT NULL DEFAULT '{}'::text[]
  read_at timestamp with time zone
  read_no bigint
  read_seq bigint NOT NULL DEFAULT 0
  replaces uuid[] NOT NULL DEFAULT '{}'::uuid[]
  reread_late_at timestamp with time zone
  reread_noticed_at timestamp with time zone
  reread_soon_at timestamp with time zone
  reread_traceparent text
  retry_at timestamp with time zone
  round_due_seq bigint
  round_noticed_at timestamp with time zone
  round_traceparent text
  state text NOT NULL
  sweeps_in_vain integer NOT NULL DEFAULT 0
  CONSTRAINT chains_anew_state_check CHECK ((anew_state = ANY (ARRAY['asked'::text, 'linked'::text, 'read'::text])))
  CONSTRAINT chains_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES watch.watched_connections(connection_id) ON DELETE CASCADE
  CONSTRAINT chains_group_ids_check CHECK ((cardinality(group_ids) <= 50))
  CONSTRAINT chains_kind_check CHECK ((kind = ANY (ARRAY['groups'::text, 'users'::text])))
  CONSTRAINT chains_pkey PRIMARY KEY (id)
  CONSTRAINT chains_state_check CHECK ((state = ANY (ARRAY['live'::text, 'overlapping'::text, 'retired'::text])))
  CREATE INDEX chains_anew ON watch.chains USING btree (anew_run_id) WHERE (anew_run_id IS NOT NULL)
  CREATE INDEX chains_connection ON watch.chains USING btree (connection_id)
  CREATE INDEX chains_leased ON watch.chains USING btree (connection_id) WHERE (lease_until IS NOT NULL)
  CREATE INDEX chains_of_groups ON watch.chains USING btree (connection_id) WHERE ((kind = 'groups'::text) AND (state = 'live'::text))
  CREATE INDEX chains_overlapping ON watch.chains USING btree (connection_id) WHERE (state = 'overlapping'::text)
  CREATE INDEX chains_read ON watch.chains USING btree (read_at) WHERE (state = 'live'::text)
  CREATE INDEX chains_reread_late ON watch.chains USING btree (reread_late_at) WHERE (reread_late_at IS NOT NULL)
  CREATE INDEX chains_reread_soon ON watch.chains USING btree (reread_soon_at) WHERE (reread_soon_at IS NOT NULL)
  CREATE INDEX chains_unfinished ON watch.chains USING btree (connection_id) WHERE (((link IS NULL) OR (next_link IS NOT NULL)) AND (state <> 'retired'::text))

TABLE watch.due_marks
  chain_id uuid NOT NULL
  due_seq bigint NOT NULL DEFAULT 0
  last_notice_at timestamp with time zone
  noticed_at timestamp with time zone
  notices bigint NOT NULL DEFAULT 0
  traceparent text
  unread boolean NOT NULL DEFAULT false
  CONSTRAINT due_marks_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES watch.chains(id) ON DELETE CASCADE
  CONSTRAINT due_marks_pkey PRIMARY KEY (chain_id)
  CREATE INDEX due_marks_unread ON watch.due_marks USING btree (chain_id) WHERE unread

TABLE watch.early_finds
  chain_id uuid NOT NULL
  changes integer NOT NULL
  connection_id uuid NOT NULL
  found_at timestamp with time zone NOT NULL
  read_no bigint NOT NULL
  CONSTRAINT early_finds_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES watch.chains(id) ON DELETE CASCADE
  CONSTRAINT early_finds_pkey PRIMARY KEY (chain_id, read_no)
  CREATE INDEX early_finds_age ON watch.early_finds USING btree (found_at)

TABLE watch.groups
  added_at timestamp with time zone NOT NULL DEFAULT now()
  chain_id uuid NOT NULL
  connection_id uuid NOT NULL
  display_name text
  group_id text NOT NULL
  state text NOT NULL DEFAULT 'present'::text
  CONSTRAINT groups_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES watch.chains(id)
  CONSTRAINT groups_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES watch.watched_connections(connection_id) ON DELETE CASCADE
  CONSTRAINT groups_pkey PRIMARY KEY (connection_id, group_id)
  CONSTRAINT groups_state_check CHECK ((state = ANY (ARRAY['present'::text, 'softDeleted'::text, 'deleted'::text])))
  CREATE INDEX groups_chain ON watch.groups USING btree (chain_id)

TABLE watch.missed_notices
  changes bigint NOT NULL
  connection_id uuid NOT NULL
  hour timestamp with time zone NOT NULL
  CONSTRAINT missed_notices_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES watch.watched_connections(connection_id) ON DELETE CASCADE
  CONSTRAINT missed_notices_pkey PRIMARY KEY (connection_id, hour)

TABLE watch.principals
  attempts integer NOT NULL DEFAULT 0
  connection_id uuid NOT NULL
  failure_code text
  group_id text
  noticed_at timestamp with time zone
  object_id text NOT NULL
  retry_at timestamp with time zone NOT NULL DEFAULT now()
  state text NOT NULL
  traceparent text
  CONSTRAINT principals_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES watch.watched_connections(connection_id) ON DELETE CASCADE
  CONSTRAINT principals_pkey PRIMARY KEY (connection_id, object_id)
  CONSTRAINT principals_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'read'::text, 'missing'::text])))
  CREATE INDEX principals_due ON watch.principals USING btree (retry_at) WHERE (state = 'pending'::text)
  CREATE INDEX principals_pending ON watch.principals USING btree (connection_id, retry_at) WHERE (state = 'pending'::text)

TABLE watch.rechecks
  absent_read_at timestamp with time zone
  absent_read_no bigint
  attempts integer NOT NULL DEFAULT 0
  connection_id uuid NOT NULL
  due_at timestamp with time zone NOT NULL
  failure_code text
  group_id text NOT NULL DEFAULT ''::text
  id bigint NOT NULL IDENTITY
  kind text NOT NULL
  member_id text NOT NULL
  organisation_id uuid NOT NULL
  reason text NOT NULL
  requested_at timestamp with time zone NOT NULL DEFAULT now()
  stage text NOT NULL DEFAULT 'first'::text
  CONSTRAINT rechecks_connection_id_kind_group_id_member_id_key UNIQUE (connection_id, kind, group_id, member_id)
  CONSTRAINT rechecks_kind_check CHECK ((kind = ANY (ARRAY['membership'::text, 'user'::text])))
  CONSTRAINT rechecks_pkey PRIMARY KEY (id)
  CONSTRAINT rechecks_stage_check CHECK ((stage = ANY (ARRAY['first'::text, 'confirm'::text, 'second'::text])))
  CREATE INDEX rechecks_due ON watch.rechecks USING btree (due_at)

TABLE watch.staged_members
  chain_id uuid NOT NULL
  contradicted boolean NOT NULL DEFAULT false
  group_id text NOT NULL
  member_id text NOT NULL
  member_type text NOT NULL
  page integer NOT NULL
  read_no bigint NOT NULL
  removed boolean NOT NULL
  CONSTRAINT staged_members_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES watch.chains(id) ON DELETE CASCADE
  CONSTRAINT staged_members_pkey PRIMARY KEY (chain_id, group_id, member_id)

TABLE watch.subscriptions
  client_state_hash bytea NOT NULL
  connection_id uuid NOT NULL
  created_at timestamp with time zone NOT NULL DEFAULT now()
  expires_at timestamp with time zone
  graph_id text
  group_id text
  id uuid NOT NULL
  make_anew boolean NOT NULL DEFAULT false
  notification_url text NOT NULL
  organisation_id uuid NOT NULL
  purpose text NOT NULL
  reauthorize boolean NOT NULL DEFAULT false
  renewed_at timestamp with time zone
  resource text NOT NULL
  tenant_id text NOT NULL
  CONSTRAINT subscriptions_check CHECK (((purpose = 'group'::text) = (group_id IS NOT NULL)))
  CONSTRAINT subscriptions_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES watch.watched_connections(connection_id) ON DELETE CASCADE
  CONSTRAINT subscriptions_graph_id_key UNIQUE (graph_id)
  CONSTRAINT subscriptions_pkey PRIMARY KEY (id)
  CONSTRAINT subscriptions_purpose_check CHECK ((purpose = ANY (ARRAY['group'::text, 'groups'::text, 'users'::text])))
  CREATE INDEX subscriptions_connection ON watch.subscriptions USING btree (connection_id)

TABLE watch.sweep_alarms
  connection_id uuid NOT NULL
  expected_since timestamp with time zone NOT NULL
  organisation_id uuid NOT NULL
  raised_at timestamp with time zone
  CONSTRAINT sweep_alarms_pkey PRIMARY KEY (connection_id)

TABLE watch.watched_connections
  block_code text
  block_kind text
  blocked_until timestamp with time zone
  claimed_at timestamp with time zone NOT NULL DEFAULT now()
  connection_id uuid NOT NULL
  degraded_since timestamp with time zone
  everybody boolean NOT NULL DEFAULT false
  keeper_due_at timestamp with time zone NOT NULL DEFAULT now()
  keeper_failures integer NOT NULL DEFAULT 0
  lease_owner text
  lease_token bigint NOT NULL DEFAULT 0
  lease_until timestamp with time zone
  listed_at timestamp with time zone
  live boolean NOT NULL
  lost_resources text[] NOT NULL DEFAULT '{}'::text[]
  missed_at timestamp with time zone
  missed_ended_at timestamp with time zone
  missed_notices bigint NOT NULL DEFAULT 0
  missed_told_at timestamp with time zone
  mode text NOT NULL DEFAULT 'polling'::text
  organisation_id uuid NOT NULL
  per_group_refused boolean NOT NULL DEFAULT false
  problem_code text
  problem_message text
  quarantined boolean NOT NULL DEFAULT false
  reconciled_as text
  tenant_id text NOT NULL
  CONSTRAINT watched_connections_block_kind_check CHECK ((block_kind = ANY (ARRAY['groups'::text, 'users'::text])))
  CONSTRAINT watched_connections_mode_check CHECK ((mode = ANY (ARRAY['perGroup'::text, 'perTenant'::text, 'polling'::text, 'sweepOnly'::text])))
  CONSTRAINT watched_connections_pkey PRIMARY KEY (connection_id)
  CREATE INDEX watched_connections_hurried ON watch.watched_connections USING btree (connection_id) WHERE ((degraded_since IS NOT NULL) OR quarantined)
  CREATE INDEX watched_connections_keeper ON watch.watched_connections USING btree (keeper_due_at)
  CREATE INDEX watched_connections_turn ON watch.watched_connections USING btree (claimed_at) WHERE live

SEQUENCE people.journal_seq

TABLE people.accounts
  connection_id uuid NOT NULL
  created_at timestamp with time zone NOT NULL
  display_name text
  email text
  entra_object_id uuid NOT NULL
  given_name text
  id uuid NOT NULL
  is_out boolean NOT NULL DEFAULT false
  organisation_id uuid NOT NULL
  out_code text
  own_status text NOT NULL
  protected boolean NOT NULL DEFAULT false
  roles text[] NOT NULL DEFAULT '{}'::text[]
  sort_name text NOT NULL DEFAULT lower(COALESCE(display_name, ''::text))
  status text NOT NULL DEFAULT 
CASE
    WHEN is_out THEN 'deactivated'::text
    ELSE own_status
END
  surname text
  updated_at timestamp with time zone NOT NULL
  user_principal_name text
  CONSTRAINT accounts_connection_id_entra_object_id_key UNIQUE (connection_id, entra_object_id)
  CONSTRAINT accounts_own_status_check CHECK ((own_status = ANY (ARRAY['inactive'::text, 'active'::text, 'deactivated'::text])))
  CONSTRAINT accounts_pkey PRIMARY KEY (id)
  CREATE INDEX accounts_by_name ON people.accounts USING btree (organisation_id, sort_name, id)
  CREATE INDEX accounts_by_status ON people.accounts USING btree (connection_id, status, created_at) INCLUDE (organisation_id)
  CREATE INDEX accounts_in_scope ON people.accounts USING btree (connection_id) WHERE (NOT is_out)
  CREATE INDEX accounts_super_admins ON people.accounts USING btree (organisation_id) WHERE ('superAdmin'::text = ANY (roles))

TABLE people.closed_rounds
  closed_at timestamp with time zone NOT NULL
  code text NOT NULL
  connection_id uuid NOT NULL
  message text NOT NULL
  organisation_id uuid NOT NULL
  round_id text NOT NULL
  run_id uuid NOT NULL
  CONSTRAINT closed_rounds_pkey PRIMARY KEY (run_id, round_id)
  CREATE INDEX closed_rounds_age ON people.closed_rounds USING btree (closed_at)

TABLE people.decided_connections
  connection_id uuid NOT NULL
  decided_at timestamp with time zone NOT NULL
  organisation_id uuid NOT NULL
  rules_digest text NOT NULL
  CONSTRAINT decided_connections_pkey PRIMARY KEY (connection_id)

TABLE people.disbanded_connections
  connection_id uuid NOT NULL
  disbanded_at timestamp with time zone NOT NULL
  organisation_id uuid NOT NULL
  CONSTRAINT disbanded_connections_pkey PRIMARY KEY (connection_id)

TABLE people.email_claims
  account_id uuid NOT NULL
  email_key text NOT NULL
  organisation_id uuid NOT NULL
  CONSTRAINT email_claims_account_id_fkey FOREIGN KEY (account_id) REFERENCES people.accounts(id)
  CONSTRAINT email_claims_pkey PRIMARY KEY (organisation_id, email_key)
  CREATE UNIQUE INDEX email_claims_account ON people.email_claims USING btree (account_id)

TABLE people.grants
  account_id uuid NOT NULL
  connection_id uuid NOT NULL
  entra_object_id uuid NOT NULL
  granted_at timestamp with time zone NOT NULL
  group_id uuid NOT NULL
  organisation_id uuid NOT NULL
  source text NOT NULL
  CONSTRAINT grants_account_id_fkey FOREIGN KEY (account_id) REFERENCES people.accounts(id)
  CONSTRAINT grants_pkey PRIMARY KEY (account_id, group_id)
  CONSTRAINT grants_source_check CHECK ((source = ANY (ARRAY['sync'::text, 'manual'::text])))
  CREATE INDEX grants_by_group ON people.grants USING btree (connection_id, group_id, account_id)
  CREATE INDEX grants_members ON people.grants USING btree (connection_id, group_id, entra_object_id)

TABLE people.groups
  changed_at timestamp with time zone NOT NULL
  connection_id uuid NOT NULL
  display_name text
  group_id uuid NOT NULL
  organisation_id uuid NOT NULL
  page integer NOT NULL
  read_no bigint NOT NULL
  state text NOT NULL
  CONSTRAINT groups_pkey PRIMARY KEY (connection_id, group_id)
  CONSTRAINT groups_state_check CHECK ((state = ANY (ARRAY['present'::text, 'softDeleted'::text, 'deleted'::text, 'unwatched'::text])))

TABLE people.guard_trips
  allowed integer
  base integer NOT NULL
  code text NOT NULL
  connection_id uuid NOT NULL
  ended_at timestamp with time zone
  group_id uuid
  id uuid NOT NULL
  lost integer NOT NULL
  organisation_id uuid NOT NULL
  tripped_at timestamp with time zone NOT NULL
  CONSTRAINT guard_trips_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX guard_trips_open ON people.guard_trips USING btree (connection_id, COALESCE(group_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (ended_at IS NULL)

TABLE people.held_changes
  account_id uuid
  action text NOT NULL
  closed_at timestamp with time zone
  closed_by text
  code text NOT NULL
  connection_id uuid NOT NULL
  entra_object_id uuid NOT NULL
  group_id uuid
  held_at timestamp with time zone NOT NULL
  id uuid NOT NULL
  message text NOT NULL
  note text
  organisation_id uuid NOT NULL
  page integer NOT NULL
  read_no bigint NOT NULL
  state text NOT NULL DEFAULT 'open'::text
  CONSTRAINT held_changes_action_check CHECK ((action = ANY (ARRAY['create'::text, 'reactivate'::text, 'update'::text, 'deactivate'::text, 'grant'::text, 'revoke'::text])))
  CONSTRAINT held_changes_pkey PRIMARY KEY (id)
  CONSTRAINT held_changes_state_check CHECK ((state = ANY (ARRAY['open'::text, 'released'::text, 'rejected'::text, 'void'::text])))
  CREATE INDEX held_changes_closed ON people.held_changes USING btree (closed_at) WHERE (state <> 'open'::text)
  CREATE INDEX held_changes_closed_of_organisation ON people.held_changes USING btree (organisation_id, closed_at DESC, id DESC) WHERE (state <> 'open'::text)
  CREATE INDEX held_changes_listed ON people.held_changes USING btree (connection_id, held_at, id) INCLUDE (organisation_id) WHERE (state = 'open'::text)
  CREATE INDEX held_changes_of_account ON people.held_changes USING btree (account_id) WHERE (account_id IS NOT NULL)
  CREATE INDEX held_changes_of_organisation ON people.held_changes USING btree (organisation_id, held_at, id) WHERE (state = 'open'::text)
  CREATE UNIQUE INDEX held_changes_open ON people.held_changes USING btree (connection_id, entra_object_id, COALESCE(group_id, '00000000-0000-0000-0000-000000000000'::uuid), action) WHERE (state = 'open'::text)

TABLE people.journal
  account_id uuid NOT NULL
  after jsonb
  applied_at timestamp with time zone NOT NULL
  before jsonb
  cause_id text NOT NULL
  cause_kind text NOT NULL
  connection_id uuid NOT NULL
  entra_object_id uuid NOT NULL
  group_id uuid
  guard_group_ids uuid[]
  id uuid NOT NULL
  idempotency_key text NOT NULL
  noticed_at timestamp with time zone
  organisation_id uuid NOT NULL
  published_at timestamp with time zone
  read_at timestamp with time zone
  run_id uuid
  seq bigint NOT NULL DEFAULT nextval('people.journal_seq'::regclass)
  type text NOT NULL
  CONSTRAINT journal_pkey PRIMARY KEY (id, applied_at)
  CREATE INDEX journal_by_account ON ONLY people.journal USING btree (account_id, seq DESC)
  CREATE INDEX journal_by_cause ON ONLY people.journal USING btree (organisation_id, cause_id, seq DESC)
  CREATE INDEX journal_by_connection ON ONLY people.journal USING btree (organisation_id, connection_id, seq DESC)
  CREATE INDEX journal_by_organisation ON ONLY people.journal USING btree (organisation_id, seq DESC)
  CREATE INDEX journal_by_run ON ONLY people.journal USING btree (run_id, seq) WHERE (run_id IS NOT NULL)
  CREATE INDEX journal_by_time ON ONLY people.journal USING btree (connection_id, applied_at)
  CREATE INDEX journal_live ON ONLY people.journal USING btree (connection_id, applied_at DESC) INCLUDE (organisation_id, noticed_at, read_at, published_at) WHERE ((run_id IS NULL) AND (read_at IS NOT NULL))
  CREATE INDEX journal_losses ON ONLY people.journal USING btree (connection_id, applied_at) WHERE (guard_group_ids IS NOT NULL)
  CREATE INDEX journal_rare_causes ON ONLY people.journal USING btree (organisation_id, cause_kind, seq DESC) WHERE (cause_kind <> ALL (ARRAY['event'::text, 'run'::text]))

TABLE people.memberships
  changed_at timestamp with time zone NOT NULL
  connection_id uuid NOT NULL
  delta_reported_at timestamp with time zone
  flips integer NOT NULL
  group_id uuid NOT NULL
  member_id uuid NOT NULL
  member_type text NOT NULL
  noticed_at timestamp with time zone
  organisation_id uuid NOT NULL
  page integer NOT NULL
  present boolean NOT NULL
  read_no bigint NOT NULL
  written_by text NOT NULL
  CONSTRAINT memberships_pkey PRIMARY KEY (connection_id, group_id, member_id)
  CONSTRAINT memberships_written_by_check CHECK ((written_by = ANY (ARRAY['delta'::text, 'state'::text])))
  CREATE INDEX memberships_member ON people.memberships USING btree (connection_id, member_id)
  CREATE INDEX memberships_tombstones ON people.memberships USING btree (changed_at) WHERE (NOT present)

TABLE people.persons
  attributes jsonb NOT NULL DEFAULT '{}'::jsonb
  connection_id uuid NOT NULL
  deferred boolean NOT NULL DEFAULT false
  entra_object_id uuid NOT NULL
  organisation_id uuid NOT NULL
  revision bigint NOT NULL DEFAULT 0
  skip_code text
  unreadable boolean NOT NULL DEFAULT false
  updated_at timestamp with time zone NOT NULL
  user_changed_at timestamp with time zone
  user_delta_reported jsonb NOT NULL DEFAULT '{}'::jsonb
  user_flips integer NOT NULL DEFAULT 0
  user_page integer NOT NULL DEFAULT 0
  user_read_no bigint NOT NULL DEFAULT 0
  user_state text
  user_written_by text
  waiting_email text
  CONSTRAINT persons_pkey PRIMARY KEY (connection_id, entra_object_id)
  CONSTRAINT persons_user_state_check CHECK ((user_state = ANY (ARRAY['present'::text, 'softDeleted'::text, 'deleted'::text])))
  CONSTRAINT persons_user_written_by_check CHECK ((user_written_by = ANY (ARRAY['delta'::text, 'state'::text])))
  CREATE INDEX persons_deferred ON people.persons USING btree (connection_id) WHERE deferred
  CREATE INDEX persons_skipped ON people.persons USING btree (connection_id, skip_code) INCLUDE (organisation_id) WHERE (skip_code IS NOT NULL)
  CREATE INDEX persons_waiting ON people.persons USING btree (organisation_id, waiting_email) WHERE (waiting_email IS NOT NULL)

TABLE people.pins
  cause_code text
  closed_at timestamp with time zone
  closed_by text
  connection_id uuid NOT NULL
  entra_object_id uuid NOT NULL
  field text
  group_id uuid
  id uuid NOT NULL
  keep text NOT NULL
  organisation_id uuid NOT NULL
  pinned_at timestamp with time zone NOT NULL
  pinned_by text NOT NULL
  reason text NOT NULL
  refused text
  state text NOT NULL DEFAULT 'open'::text
  CONSTRAINT pins_keep_check CHECK ((keep = ANY (ARRAY['in'::text, 'out'::text])))
  CONSTRAINT pins_pkey PRIMARY KEY (id)
  CONSTRAINT pins_state_check CHECK ((state = ANY (ARRAY['open'::text, 'lifted'::text, 'overtaken'::text])))
  CREATE INDEX pins_closed ON people.pins USING btree (connection_id, entra_object_id, closed_at) WHERE (state = 'overtaken'::text)
  CREATE UNIQUE INDEX pins_open ON people.pins USING btree (connection_id, entra_object_id, COALESCE(group_id, '00000000-0000-0000-0000-000000000000'::uuid), COALESCE(field, ''::text)) WHERE (state = 'open'::text)

TABLE people.plan_outcomes
  change_id uuid NOT NULL
  code text
  connection_id uuid NOT NULL
  entra_object_id uuid NOT NULL
  message text
  organisation_id uuid NOT NULL
  outcome text NOT NULL
  recorded_at timestamp with time zone NOT NULL
  run_id uuid NOT NULL
  CONSTRAINT plan_outcomes_outcome_check CHECK ((outcome = ANY (ARRAY['applied'::text, 'stale'::text, 'held'::text, 'failed'::text])))
  CONSTRAINT plan_outcomes_pkey PRIMARY KEY (run_id, change_id)
  CREATE INDEX plan_outcomes_age ON people.plan_outcomes USING btree (recorded_at)

TABLE people.plan_units
  connection_id uuid NOT NULL
  entra_object_id uuid NOT NULL
  expected_revision bigint NOT NULL
  organisation_id uuid NOT NULL
  recorded_at timestamp with time zone NOT NULL DEFAULT now()
  revision_after bigint NOT NULL
  run_id uuid NOT NULL
  CONSTRAINT plan_units_pkey PRIMARY KEY (run_id, entra_object_id)
  CREATE INDEX plan_units_age ON people.plan_units USING btree (recorded_at)

TABLE people.round_pages
  connection_id uuid NOT NULL
  event jsonb NOT NULL
  group_id uuid NOT NULL
  organisation_id uuid NOT NULL
  page_index integer NOT NULL
  pages integer NOT NULL
  published_at timestamp with time zone
  received_at timestamp with time zone NOT NULL
  round_id text NOT NULL
  CONSTRAINT round_pages_pkey PRIMARY KEY (connection_id, group_id, round_id, page_index)
  CREATE INDEX round_pages_age ON people.round_pages USING btree (received_at)

TABLE people.run_pages
  applied_at timestamp with time zone NOT NULL
  connection_id uuid NOT NULL
  counts jsonb NOT NULL
  event_id text NOT NULL
  organisation_id uuid NOT NULL
  run_id uuid NOT NULL
  CONSTRAINT run_pages_pkey PRIMARY KEY (run_id, event_id)
  CREATE INDEX run_pages_age ON people.run_pages USING btree (applied_at)

TABLE people.run_trips
  allowed integer
  base integer NOT NULL
  code text NOT NULL
  connection_id uuid NOT NULL
  group_id uuid
  judged_at timestamp with time zone NOT NULL
  lost integer NOT NULL
  organisation_id uuid NOT NULL
  run_id uuid NOT NULL
  CREATE INDEX run_trips_age ON people.run_trips USING btree (judged_at)
  CREATE UNIQUE INDEX run_trips_scope ON people.run_trips USING btree (run_id, COALESCE(group_id, '00000000-0000-0000-0000-000000000000'::uuid))

TABLE runs.differences
  attributes jsonb
  group_id uuid
  kind text NOT NULL
  member_type text NOT NULL
  page integer NOT NULL
  person_id uuid NOT NULL
  read_at timestamp with time zone NOT NULL
  read_no bigint NOT NULL
  read_started_at timestamp with time zone NOT NULL
  run_id uuid NOT NULL
  CONSTRAINT differences_kind_check CHECK ((kind = ANY (ARRAY['attributes'::text, 'added'::text, 'removed'::text, 'softDeleted'::text])))
  CONSTRAINT differences_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.sync_runs(id) ON DELETE CASCADE
  CREATE INDEX differences_by_person ON runs.differences USING btree (run_id, person_id)

TABLE runs.follow_ups
  connection_id uuid NOT NULL
  due_at timestamp with time zone NOT NULL
  group_id uuid NOT NULL
  organisation_id uuid NOT NULL
  reason text NOT NULL
  CONSTRAINT follow_ups_pkey PRIMARY KEY (connection_id, group_id)
  CREATE INDEX follow_ups_due ON runs.follow_ups USING btree (due_at)

TABLE runs.group_proofs
  account_digest text NOT NULL
  account_people integer NOT NULL
  code text
  group_id uuid NOT NULL
  read_digest text
  read_people integer
  reasons jsonb NOT NULL DEFAULT '{}'::jsonb
  run_id uuid NOT NULL
  CONSTRAINT group_proofs_pkey PRIMARY KEY (run_id, group_id)
  CONSTRAINT group_proofs_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.sync_runs(id) ON DELETE CASCADE

TABLE runs.group_reads
  code text
  expected_members integer NOT NULL DEFAULT 0
  first_read_no bigint
  group_id uuid NOT NULL
  members integer NOT NULL DEFAULT 0
  next_link text
  pages integer NOT NULL DEFAULT 0
  read_at timestamp with time zone
  read_no bigint
  read_started_at timestamp with time zone
  run_id uuid NOT NULL
  state text NOT NULL DEFAULT 'pending'::text
  unreadable_people integer NOT NULL DEFAULT 0
  CONSTRAINT group_reads_pkey PRIMARY KEY (run_id, group_id)
  CONSTRAINT group_reads_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.sync_runs(id) ON DELETE CASCADE
  CONSTRAINT group_reads_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'reading'::text, 'complete'::text, 'unreadable'::text])))

TABLE runs.overdue_alarms
  connection_id uuid NOT NULL
  due_at timestamp with time zone NOT NULL
  organisation_id uuid NOT NULL
  raised_at timestamp with time zone NOT NULL
  CONSTRAINT overdue_alarms_pkey PRIMARY KEY (connection_id)

TABLE runs.person_reads
  cause text NOT NULL
  group_ids uuid[] NOT NULL
  person_id uuid NOT NULL
  read_started_at timestamp with time zone
  run_id uuid NOT NULL
  state text NOT NULL DEFAULT 'pending'::text
  CONSTRAINT person_reads_cause_check CHECK ((cause = ANY (ARRAY['skipped'::text, 'unreadable'::text, 'notApplied'::text])))
  CONSTRAINT person_reads_pkey PRIMARY KEY (run_id, person_id)
  CONSTRAINT person_reads_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.sync_runs(id) ON DELETE CASCADE
  CONSTRAINT person_reads_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'read'::text, 'unreadable'::text, 'missing'::text])))

TABLE runs.planned_changes
  account_id uuid
  action text NOT NULL
  after jsonb
  before jsonb
  carried_over boolean NOT NULL DEFAULT false
  code text
  decision text NOT NULL DEFAULT 'apply'::text
  display_name text
  entra_object_id uuid NOT NULL
  group_id uuid
  id uuid NOT NULL
  kept_fields text[] NOT NULL DEFAULT '{}'::text[]
  note text
  ordinal integer NOT NULL
  outcome text
  run_id uuid NOT NULL
  seq integer NOT NULL
  CONSTRAINT planned_changes_action_check CHECK ((action = ANY (ARRAY['create'::text, 'update'::text, 'deactivate'::text, 'reactivate'::text, 'grant'::text, 'revoke'::text, 'skip'::text])))
  CONSTRAINT planned_changes_decision_check CHECK ((decision = ANY (ARRAY['apply'::text, 'skip'::text])))
  CONSTRAINT planned_changes_outcome_check CHECK ((outcome = ANY (ARRAY['applied'::text, 'skipped'::text, 'stale'::text, 'failed'::text])))
  CONSTRAINT planned_changes_pkey PRIMARY KEY (id)
  CONSTRAINT planned_changes_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.sync_runs(id) ON DELETE CASCADE
  CONSTRAINT planned_changes_run_id_seq_ordinal_key UNIQUE (run_id, seq, ordinal)
  CREATE INDEX planned_changes_by_email ON runs.planned_changes USING btree (run_id, lower((after ->> 'email'::text))) WHERE ((after ->> 'email'::text) IS NOT NULL)
  CREATE INDEX planned_changes_by_person ON runs.planned_changes USING btree (run_id, entra_object_id)

TABLE runs.planned_people
  expected_revision bigint
  is_stale boolean NOT NULL DEFAULT false
  loses boolean NOT NULL DEFAULT false
  person_id uuid NOT NULL
  run_id uuid NOT NULL
  seq integer NOT NULL
  CONSTRAINT planned_people_pkey PRIMARY KEY (run_id, seq)
  CONSTRAINT planned_people_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.sync_runs(id) ON DELETE CASCADE
  CONSTRAINT planned_people_run_id_person_id_key UNIQUE (run_id, person_id)

TABLE runs.proof_differences
  code text
  display_name text
  entra_object_id uuid NOT NULL
  group_id uuid NOT NULL
  run_id uuid NOT NULL
  side text NOT NULL
  why text NOT NULL
  CONSTRAINT proof_differences_pkey PRIMARY KEY (run_id, group_id, entra_object_id)
  CONSTRAINT proof_differences_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.sync_runs(id) ON DELETE CASCADE
  CONSTRAINT proof_differences_side_check CHECK ((side = ANY (ARRAY['onlyInEntra'::text, 'onlyHere'::text])))
  CONSTRAINT proof_differences_why_check CHECK ((why = ANY (ARRAY['pinned'::text, 'held'::text, 'byHand'::text, 'unreadable'::text, 'unconfirmed'::text, 'leftOut'::text, 'skipped'::text, 'failed'::text, 'stale'::text, 'changedSince'::text, 'unexplained'::text])))

TABLE runs.published_pages
  answered_at timestamp with time zone
  event_id uuid NOT NULL
  is_counted boolean NOT NULL DEFAULT true
  items integer NOT NULL
  published_at timestamp with time zone NOT NULL
  round_id text
  run_id uuid NOT NULL
  seq integer NOT NULL
  CONSTRAINT published_pages_pkey PRIMARY KEY (event_id)
  CONSTRAINT published_pages_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.sync_runs(id) ON DELETE CASCADE
  CREATE INDEX published_pages_unanswered ON runs.published_pages USING btree (run_id) WHERE (answered_at IS NULL)

TABLE runs.removal_candidates
  checked_at timestamp with time zone
  code text
  group_id uuid NOT NULL
  member_id uuid NOT NULL
  outcome text
  read_no bigint NOT NULL
  run_id uuid NOT NULL
  CONSTRAINT removal_candidates_outcome_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'deleted'::text, 'unconfirmed'::text])))
  CONSTRAINT removal_candidates_pkey PRIMARY KEY (run_id, group_id, member_id)
  CONSTRAINT removal_candidates_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.sync_runs(id) ON DELETE CASCADE
  CREATE INDEX removal_candidates_open ON runs.removal_candidates USING btree (run_id, member_id) WHERE (checked_at IS NULL)

TABLE runs.schedules
  connection_id uuid NOT NULL
  next_due_at timestamp with time zone NOT NULL
  organisation_id uuid NOT NULL
  schedule jsonb NOT NULL
  CONSTRAINT schedules_pkey PRIMARY KEY (connection_id)
  CREATE INDEX schedules_due ON runs.schedules USING btree (next_due_at)

TABLE runs.staged_members
  attributes jsonb
  group_id uuid
  member_id uuid NOT NULL
  member_type text NOT NULL
  page integer NOT NULL
  read_at timestamp with time zone NOT NULL
  read_no bigint NOT NULL
  readable boolean NOT NULL
  run_id uuid NOT NULL
  CREATE INDEX staged_members_by_member ON runs.staged_members USING btree (run_id, member_id, group_id)

TABLE runs.sync_runs
  apply text NOT NULL
  applying_at timestamp with time zone
  approved_at timestamp with time zone
  approved_by text
  attempts integer NOT NULL DEFAULT 0
  cancelled_by text
  checked_seq integer NOT NULL DEFAULT 0
  compared_at timestamp with time zone
  comparing_at timestamp with time zone
  connection_id uuid NOT NULL
  ended_at timestamp with time zone
  error jsonb
  expires_at timestamp with time zone
  found_at timestamp with time zone
  graph_requests integer NOT NULL DEFAULT 0
  group_ids text[]
  id uuid NOT NULL
  is_reviewed boolean NOT NULL DEFAULT false
  is_settled boolean NOT NULL DEFAULT false
  kind text NOT NULL
  lease_owner text
  lease_token bigint NOT NULL DEFAULT 0
  lease_until timestamp with time zone
  lined_up_at timestamp with time zone
  organisation_id uuid NOT NULL
  people_count integer NOT NULL DEFAULT 0
  plan_hash text
  planned_seq integer NOT NULL DEFAULT 0
  published_seq integer NOT NULL DEFAULT 0
  reading_at timestamp with time zone
  reason text NOT NULL
  recent_members double precision NOT NULL DEFAULT 0
  recent_seconds double precision NOT NULL DEFAULT 0
  requested_at timestamp with time zone NOT NULL
  requested_by text NOT NULL
  state text NOT NULL
  summary jsonb
  superseded_by uuid
  traceparent text
  undoes jsonb
  undone_by uuid
  wait_code text
  waits_since timestamp with time zone
  wake_at timestamp with time zone NOT NULL
  CONSTRAINT sync_runs_apply_check CHECK ((apply = ANY (ARRAY['automatic'::text, 'review'::text])))
  CONSTRAINT sync_runs_kind_check CHECK ((kind = ANY (ARRAY['full'::text, 'group'::text, 'problems'::text, 'scratch'::text, 'undo'::text])))
  CONSTRAINT sync_runs_pkey PRIMARY KEY (id)
  CONSTRAINT sync_runs_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'reading'::text, 'comparing'::text, 'awaitingReview'::text, 'approved'::text, 'applying'::text, 'completed'::text, 'failed'::text, 'cancelled'::text, 'superseded'::text])))
  CREATE INDEX sync_runs_by_connection ON runs.sync_runs USING btree (connection_id, requested_at DESC, id)
  CREATE INDEX sync_runs_ended ON runs.sync_runs USING btree (ended_at) WHERE (ended_at IS NOT NULL)
  CREATE INDEX sync_runs_waiting ON runs.sync_runs USING btree (expires_at) WHERE (state = 'awaitingReview'::text)
  CREATE UNIQUE INDEX sync_runs_one_live_per_connection ON runs.sync_runs USING btree (connection_id) WHERE (state = ANY (ARRAY['requested'::text, 'reading'::text, 'comparing'::text, 'approved'::text, 'applying'::text]))

TABLE runs.unreadable_members
  connection_id uuid NOT NULL
  group_id uuid NOT NULL
  person_id uuid NOT NULL
  read_no bigint NOT NULL
  CONSTRAINT unreadable_members_pkey PRIMARY KEY (connection_id, group_id, person_id)

SEQUENCE notices.deliveries_position_seq

SEQUENCE notices.inbox_position_seq

TABLE notices.alerts
  cause text NOT NULL
  connection_id uuid
  content jsonb NOT NULL
  count integer NOT NULL DEFAULT 1
  id uuid NOT NULL DEFAULT gen_random_uuid()
  is_urgent boolean NOT NULL
  kind text NOT NULL
  opened_at timestamp with time zone NOT NULL
  organisation_id uuid NOT NULL
  resolved_at timestamp with time zone
  stage text NOT NULL
  state text NOT NULL
  updated_at timestamp with time zone NOT NULL
  CONSTRAINT alerts_pkey PRIMARY KEY (id)
  CONSTRAINT alerts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text])))
  CREATE INDEX alerts_age ON notices.alerts USING btree (resolved_at) WHERE (state = 'resolved'::text)
  CREATE INDEX alerts_connection ON notices.alerts USING btree (connection_id) WHERE (state = 'open'::text)
  CREATE INDEX alerts_listing ON notices.alerts USING btree (organisation_id, opened_at DESC, id DESC)
  CREATE UNIQUE INDEX alerts_open ON notices.alerts USING btree (organisation_id, cause) WHERE (state = 'open'::text)
  CREATE UNIQUE INDEX alerts_run_finished ON notices.alerts USING btree (organisation_id, cause) WHERE (kind = 'runFinished'::text)

TABLE notices.attempts
  answer text NOT NULL
  at timestamp with time zone NOT NULL
  code text NOT NULL
  delivery_id uuid NOT NULL
  number integer NOT NULL
  outcome text NOT NULL
  CONSTRAINT attempts_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES notices.deliveries(id) ON DELETE CASCADE
  CONSTRAINT attempts_outcome_check CHECK ((outcome = ANY (ARRAY['delivered'::text, 'refused'::text, 'failed'::text])))
  CONSTRAINT attempts_pkey PRIMARY KEY (delivery_id, number)

TABLE notices.causes
  cause text NOT NULL
  changed_at timestamp with time zone NOT NULL
  is_raised boolean NOT NULL
  log text
  log_offset bigint
  member text NOT NULL
  organisation_id uuid NOT NULL
  CONSTRAINT causes_pkey PRIMARY KEY (organisation_id, cause, member)
  CREATE INDEX causes_age ON notices.causes USING btree (changed_at) WHERE (NOT is_raised)

TABLE notices.channel_states
  channel text NOT NULL
  is_on boolean NOT NULL
  reason text
  reported_at timestamp with time zone NOT NULL
  CONSTRAINT channel_states_pkey PRIMARY KEY (channel)

TABLE notices.deliveries
  alert_id uuid
  attempts integer NOT NULL DEFAULT 0
  channel text NOT NULL
  connection_id uuid
  created_at timestamp with time zone NOT NULL
  due_at timestamp with time zone NOT NULL
  event_id text NOT NULL
  id uuid NOT NULL DEFAULT gen_random_uuid()
  is_held_for_quiet boolean NOT NULL DEFAULT false
  is_urgent boolean NOT NULL
  kind text NOT NULL
  lease_owner text
  lease_token bigint NOT NULL DEFAULT 0
  lease_until timestamp with time zone
  max_attempts integer NOT NULL
  message jsonb NOT NULL
  organisation_id uuid NOT NULL
  position bigint NOT NULL IDENTITY
  recipient text NOT NULL
  settled_at timestamp with time zone
  state text NOT NULL DEFAULT 'waiting'::text
  told text NOT NULL
  traceparent text
  CONSTRAINT deliveries_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES notices.alerts(id) ON DELETE CASCADE
  CONSTRAINT deliveries_channel_check CHECK ((channel = ANY (ARRAY['inProduct'::text, 'mail'::text, 'teams'::text, 'webhook'::text])))
  CONSTRAINT deliveries_pkey PRIMARY KEY (id)
  CONSTRAINT deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'replaced'::text, 'superseded'::text])))
  CREATE INDEX deliveries_age ON notices.deliveries USING btree (settled_at) WHERE (state <> 'waiting'::text)
  CREATE INDEX deliveries_due ON notices.deliveries USING btree (due_at) WHERE (state = 'waiting'::text)
  CREATE INDEX deliveries_leased ON notices.deliveries USING btree (organisation_id) WHERE (lease_until IS NOT NULL)
  CREATE INDEX deliveries_listing ON notices.deliveries USING btree (organisation_id, "position" DESC)
  CREATE UNIQUE INDEX deliveries_once ON notices.deliveries USING btree (alert_id, told, channel, recipient) WHERE (alert_id IS NOT NULL)

TABLE notices.destinations
  channel text NOT NULL
  connection_id uuid
  host text NOT NULL
  key_id text NOT NULL
  organisation_id uuid NOT NULL
  sealed text NOT NULL
  updated_at timestamp with time zone NOT NULL DEFAULT now()
  CONSTRAINT destinations_channel_check CHECK ((channel = ANY (ARRAY['teams'::text, 'webhook'::text])))
  CONSTRAINT destinations_organisation_id_connection_id_channel_key UNIQUE NULLS NOT DISTINCT (organisation_id, connection_id, channel)

TABLE notices.digests
  composed_at timestamp with time zone NOT NULL
  day date NOT NULL
  member_id uuid NOT NULL
  CONSTRAINT digests_pkey PRIMARY KEY (member_id, day)

TABLE notices.heard_events
  event_id text NOT NULL
  heard_at timestamp with time zone NOT NULL
  CONSTRAINT heard_events_pkey PRIMARY KEY (event_id)
  CREATE INDEX heard_events_age ON notices.heard_events USING btree (heard_at)

TABLE notices.inbox
  alert_id uuid
  connection_id uuid
  created_at timestamp with time zone NOT NULL
  id uuid NOT NULL
  kind text NOT NULL
  member_id uuid NOT NULL
  message jsonb NOT NULL
  organisation_id uuid NOT NULL
  position bigint NOT NULL IDENTITY
  read_at timestamp with time zone
  CONSTRAINT inbox_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES notices.alerts(id) ON DELETE CASCADE
  CONSTRAINT inbox_pkey PRIMARY KEY (id)
  CONSTRAINT inbox_position_key UNIQUE ("position")
  CREATE INDEX inbox_age ON notices.inbox USING btree (created_at)
  CREATE INDEX inbox_alert ON notices.inbox USING btree (alert_id) WHERE (alert_id IS NOT NULL)
  CREATE INDEX inbox_listing ON notices.inbox USING btree (organisation_id, member_id, "position" DESC)
  CREATE INDEX inbox_unread ON notices.inbox USING btree (organisation_id, member_id, "position" DESC) WHERE (read_at IS NULL)

TABLE notices.preferences
  digest_at text
  digest_channels text[] NOT NULL
  member_id uuid NOT NULL
  organisation_id uuid NOT NULL
  quiet_from text
  quiet_to text
  updated_at timestamp with time zone NOT NULL DEFAULT now()
  zone text
  CONSTRAINT preferences_pkey PRIMARY KEY (member_id)

TABLE notices.rules
  channels text[] NOT NULL
  connection_id uuid
  kind text NOT NULL
  organisation_id uuid NOT NULL
  recipients uuid[] NOT NULL
  updated_at timestamp with time zone NOT NULL DEFAULT now()
  CONSTRAINT rules_organisation_id_connection_id_kind_key UNIQUE NULLS NOT DISTINCT (organisation_id, connection_id, kind)
