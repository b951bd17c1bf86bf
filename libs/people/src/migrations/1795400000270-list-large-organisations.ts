import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Pages of an organisation with 50,000 accounts and 1,000,000 effects, measured by `npm run bench -- pages-api`: without these,
 * activity is sorted as a whole for each page, and so are held changes and the members of a group.
 */
export class ListLargeOrganisations1795400000270 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = ['grants_members', 'held_changes_of_organisation', 'journal_live', 'journal_rare_causes', 'journal_by_cause'];
    for (const name of [...names, 'journal_by_organisation']) await runner.query(`DROP INDEX people.${name}`);
  }
}

const UP = [
  'CREATE INDEX journal_by_organisation ON people.journal (organisation_id, seq DESC)',
  'CREATE INDEX journal_by_cause ON people.journal (organisation_id, cause_id, seq DESC)',
  // Of the frequent kinds the newest are found soon by looking; of the others it would be a long way.
  `CREATE INDEX journal_rare_causes ON people.journal (organisation_id, cause_kind, seq DESC) WHERE cause_kind NOT IN ('event', 'run')`,
  // Latency is computed from the index alone.
  `CREATE INDEX journal_live ON people.journal (connection_id, applied_at DESC)
     INCLUDE (organisation_id, noticed_at, read_at, published_at) WHERE run_id IS NULL AND read_at IS NOT NULL`,
  `CREATE INDEX held_changes_of_organisation ON people.held_changes (organisation_id, held_at, id) WHERE state = 'open'`,
  'CREATE INDEX grants_members ON people.grants (connection_id, group_id, entra_object_id)',
];
