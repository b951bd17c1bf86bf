import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { migrate } from '#database';
import { describeSchema, withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { noticesMigrations } from '#notices';
import { peopleMigrations } from '#people';
import { runsMigrations } from '#runs';
import { watchMigrations } from '#watch';

const owners = [messagingMigrations, connectionsMigrations, watchMigrations, peopleMigrations, runsMigrations, noticesMigrations];

describe('migrations', () => {
  const test = withDatabase(owners);

  it.each(owners.map((owner) => [owner.schema, owner] as const))(
    'of %s are listed in the order of their timestamps, one file each',
    (schema, owner) => {
      const names = owner.migrations.map((migration) => migration.name);
      const timestamps = names.map((name) => Number(/\d+$/.exec(name)?.[0]));
      expect(timestamps).toEqual(timestamps.toSorted((a, b) => a - b));
      expect(new Set(timestamps).size).toBe(timestamps.length);
      const files = readdirSync(new URL(`../../libs/${schema}/src/migrations`, import.meta.url)).filter((file) =>
        /^\d+-[a-z0-9-]+\.ts$/.test(file),
      );
      expect(files.map((file) => Number(file.split('-', 1)[0])).toSorted((a, b) => a - b)).toEqual(timestamps);
    },
  );

  // `npx vitest run -u --project int test/architecture` writes the file anew after a migration was added.
  it('lead from nothing to the committed schema', async () => {
    const texts = [];
    for (const { schema } of owners) texts.push(await describeSchema(test.db, schema));
    await expect(`${texts.join('\n\n')}\n`).toMatchFileSnapshot('../../libs/database/schema.sql');
  });

  it('have nothing to do the second time, and wait for each other when several processes start at once', async () => {
    const executed = await Promise.all([1, 2, 3].map(() => migrate(test.url, owners)));
    expect(executed).toEqual([[], [], []]);
  });
});
