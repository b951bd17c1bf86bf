import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a look for due chains needs, so that it costs by what is due and not by how many connections there are. A mark is `unread`
 * from the notice until a while after its chain was read; the others follow the conditions under which a chain may be due.
 */
export class LookByIndex1795400000350 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  // Whoever asks for what a connection once had asks for the retired ones too.
  'DROP INDEX watch.chains_connection',
  'CREATE INDEX chains_connection ON watch.chains (connection_id)',
  `CREATE INDEX chains_unfinished ON watch.chains (connection_id) WHERE (link IS NULL OR next_link IS NOT NULL) AND state <> 'retired'`,
  `CREATE INDEX chains_of_groups ON watch.chains (connection_id) WHERE kind = 'groups' AND state = 'live'`,
  `CREATE INDEX chains_overlapping ON watch.chains (connection_id) WHERE state = 'overlapping'`,
  `CREATE INDEX chains_read ON watch.chains (read_at) WHERE state = 'live'`,
  'CREATE INDEX chains_reread_soon ON watch.chains (reread_soon_at) WHERE reread_soon_at IS NOT NULL',
  'CREATE INDEX chains_reread_late ON watch.chains (reread_late_at) WHERE reread_late_at IS NOT NULL',
  'CREATE INDEX chains_leased ON watch.chains (connection_id) WHERE lease_until IS NOT NULL',

  'ALTER TABLE watch.due_marks ADD COLUMN unread boolean NOT NULL DEFAULT false',
  `UPDATE watch.due_marks m SET unread = true FROM watch.chains c WHERE c.id = m.chain_id AND m.due_seq > c.read_seq`,
  'CREATE INDEX due_marks_unread ON watch.due_marks (chain_id) WHERE unread',

  'CREATE INDEX watched_connections_turn ON watch.watched_connections (claimed_at) WHERE live',
  `CREATE INDEX watched_connections_hurried ON watch.watched_connections (connection_id) WHERE degraded_since IS NOT NULL OR quarantined`,
  'CREATE INDEX watched_connections_keeper ON watch.watched_connections (keeper_due_at)',
  // By what their chains were made last; null where that is not known.
  'ALTER TABLE watch.watched_connections ADD COLUMN reconciled_as text',

  `CREATE INDEX principals_due ON watch.principals (retry_at) WHERE state = 'pending'`,
];

const DOWN = [
  'DROP INDEX watch.principals_due',
  'ALTER TABLE watch.watched_connections DROP COLUMN reconciled_as',
  'DROP INDEX watch.watched_connections_keeper, watch.watched_connections_hurried, watch.watched_connections_turn',
  'DROP INDEX watch.due_marks_unread',
  'ALTER TABLE watch.due_marks DROP COLUMN unread',
  `DROP INDEX watch.chains_leased, watch.chains_reread_late, watch.chains_reread_soon, watch.chains_read, watch.chains_overlapping,
     watch.chains_of_groups, watch.chains_unfinished, watch.chains_connection`,
  `CREATE INDEX chains_connection ON watch.chains (connection_id) WHERE state <> 'retired'`,
];
