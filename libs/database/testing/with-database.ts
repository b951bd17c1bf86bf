import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { Database, migrate, type OwnerMigrations } from '#database';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the test cluster's maintenance database; provided by test/support/start-engines.ts. */
    postgresUrl: string;
    kafkaBrokers: string | null;
  }
}

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
}

/**
 * A fresh database for the file that calls it, with the given owners' schemas, on a real Postgres. It is dropped afterwards; a
 * connection that is still open then fails the file, except those that the server itself ended.
 */
export function withDatabase(owners: readonly OwnerMigrations[] = []): TestDatabase {
  let db: Database | undefined;
  let url: string | undefined;
  const name = `t_${randomBytes(6).toString('hex')}`;
  beforeAll(async () => {
    url = await createTestDatabase(name);
    await migrate(url, owners);
    db = await Database.connect({ url, applicationName: 'test', maxConnections: 10 });
  });
  afterAll(async () => {
    await db?.close();
    await dropTestDatabase(name);
  });
  return {
    get db() {
      return started(db);
    },
    get url() {
      return started(url);
    },
  };
}

export async function createTestDatabase(name: string): Promise<string> {
  await maintain(`CREATE DATABASE ${name}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropTestDatabase(name: string): Promise<void> {
  await maintain(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function maintain(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function started<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the database is there only inside tests and hooks');
  return value;
}
