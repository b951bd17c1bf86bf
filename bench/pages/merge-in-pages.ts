import type pg from 'pg';
import { copyInto, type TableRows } from '../support/copy-tables.js';

/** Writes the rows into their empty twins in so many commits, each with its share of every table. */
export async function mergeInPages(client: pg.Client, tables: readonly TableRows[], pages: number): Promise<void> {
  for (const { twin, columns } of tables)
    await client.query(`CREATE TEMPORARY TABLE ${incomingOf(twin)} AS SELECT ${columns.join(', ')} FROM ${twin} WITH NO DATA`);
  for (let page = 0; page < pages; page += 1) {
    await client.query('BEGIN');
    for (const rows of tables) await mergeShare(client, rows, page, pages);
    await client.query('COMMIT');
  }
}

async function mergeShare(client: pg.Client, rows: TableRows, page: number, pages: number): Promise<void> {
  const { twin, columns, primaryKey, lines } = rows;
  const share = lines.slice(Math.floor((page * lines.length) / pages), Math.floor(((page + 1) * lines.length) / pages));
  await client.query(`TRUNCATE ${incomingOf(twin)}`);
  await copyInto(client, incomingOf(twin), columns, share);
  const others = columns.filter((column) => !primaryKey.includes(column));
  await client.query(`
    MERGE INTO ${twin} AS kept USING ${incomingOf(twin)} AS incoming
      ON ${primaryKey.map((column) => `kept.${column} = incoming.${column}`).join(' AND ')}
    WHEN MATCHED THEN UPDATE SET ${others.map((column) => `${column} = incoming.${column}`).join(', ')}
    WHEN NOT MATCHED THEN INSERT (${columns.join(', ')}) OVERRIDING SYSTEM VALUE
      VALUES (${columns.map((column) => `incoming.${column}`).join(', ')})`);
}

const incomingOf = (twin: string): string => `incoming_${twin.replace('.', '_')}`;
