import { DataSource, type MigrationInterface } from 'typeorm';
import pg from 'pg';

export interface OwnerMigrations {
  /** The owner's Postgres schema; its migrations table lives there too. */
  readonly schema: string;
  readonly migrations: readonly (new () => MigrationInterface)[];
}

const MIGRATION_LOCK = 0x52434c4d;

/**
 * Brings the schemas of the given owners up to date. Any number of processes may call it at once on an empty database: they queue
 * on a session lock of a connection that lives only here, and whoever comes second finds nothing to do.
 */
export async function migrate(url: string, owners: readonly OwnerMigrations[]): Promise<string[]> {
  const guard = new pg.Client({ connectionString: url, application_name: 'rollcall migrations' });
  await guard.connect();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const executed: string[] = [];
    for (const owner of owners) {
      await guard.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(owner.schema)}`);
      executed.push(...(await migrateOwner(url, owner)));
    }
    return executed;
  } finally {
    await guard.end();
  }
}

async function migrateOwner(url: string, owner: OwnerMigrations): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    schema: owner.schema,
    migrations: [...owner.migrations],
    migrationsTableName: 'migrations',
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize: 2,
  });
  await dataSource.initialize();
  try {
    const executed = await dataSource.runMigrations({ transaction: 'each' });
    return executed.map((migration) => `${owner.schema}.${migration.name}`);
  } finally {
    await dataSource.destroy();
  }
}
