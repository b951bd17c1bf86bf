import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from, to } from 'pg-copy-streams';

/** All rows of one table, as lines of COPY's text format. */
export interface TableRows {
  /** With its schema. */
  readonly table: string;
  /** A table of the same columns, defaults and indexes in the schema `floor`, which is empty. */
  readonly twin: string;
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
  readonly lines: readonly Buffer[];
}

interface Column {
  readonly name: string;
  readonly key: boolean;
}

/** Takes the rows out of these tables and makes an empty twin of each. */
export async function takeRows(client: pg.Client, tables: readonly string[]): Promise<TableRows[]> {
  await client.query('DROP SCHEMA IF EXISTS floor CASCADE');
  await client.query('CREATE SCHEMA floor');
  const taken: TableRows[] = [];
  for (const table of tables) {
    const { rows } = await client.query<Column>(COLUMNS, [table]);
    const columns = rows.map(({ name }) => name);
    const twin = `floor.${table.replace('.', '_')}`;
    await client.query(`CREATE TABLE ${twin} (LIKE ${table} INCLUDING ALL)`);
    const primaryKey = rows.filter(({ key }) => key).map(({ name }) => name);
    taken.push({ table, twin, columns, primaryKey, lines: await linesOf(client, table, columns) });
  }
  return taken;
}

/** Plain COPY of lines into a table. */
export async function copyInto(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  lines: readonly Buffer[],
): Promise<void> {
  if (lines.length === 0) return;
  await pipeline(Readable.from(inChunks(lines)), client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`)));
}

async function linesOf(client: pg.Client, table: string, columns: readonly string[]): Promise<Buffer[]> {
  const lines: Buffer[] = [];
  let rest = Buffer.alloc(0);
  for await (const chunk of client.query(to(`COPY (SELECT ${columns.join(', ')} FROM ${table}) TO STDOUT`))) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      lines.push(bytes.subarray(start, end + 1));
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  return lines;
}

function* inChunks(lines: readonly Buffer[]): Generator<Buffer> {
  for (let start = 0; start < lines.length; start += 500) yield Buffer.concat(lines.slice(start, start + 500));
}

// Generated columns cannot be written; the twin computes them anew, as the table does.
const COLUMNS = `
  SELECT quote_ident(a.attname) AS name, coalesce(a.attnum = ANY (i.indkey), false) AS key
    FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
   WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
   ORDER BY a.attnum`;
