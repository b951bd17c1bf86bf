import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from, to } from 'pg-copy-streams';

export interface Twin {
  /** With its schema. */
  readonly table: string;
  /** A table of the same columns, defaults and indexes in the schema `floor`, which is empty. */
  readonly twin: string;
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
}

/** All rows of one table, as lines of COPY's text format. */
export interface TableRows extends Twin {
  readonly lines: readonly Buffer[];
}

interface Column {
  readonly name: string;
  readonly key: boolean;
}

/** Makes an empty twin of each of these tables. */
export async function makeTwins(client: pg.Client, tables: readonly string[]): Promise<Twin[]> {
  await client.query('DROP SCHEMA IF EXISTS floor CASCADE');
  await client.query('CREATE SCHEMA floor');
  const made: Twin[] = [];
  for (const table of tables) {
    const { rows } = await client.query<Column>(COLUMNS, [table]);
    const columns = rows.map(({ name }) => name);
    const twin = `floor.${table.replace('.', '_')}`;
    await client.query(`CREATE TABLE ${twin} (LIKE ${table} INCLUDING ALL)`);
    made.push({ table, twin, columns, primaryKey: rows.filter(({ key }) => key).map(({ name }) => name) });
  }
  return made;
}

/** The same, and takes the rows out of the tables into memory. */
export async function takeRows(client: pg.Client, tables: readonly string[]): Promise<TableRows[]> {
  const taken: TableRows[] = [];
  for (const twin of await makeTwins(client, tables)) taken.push({ ...twin, lines: await linesOf(client, twin) });
  return taken;
}

/** The same into a file, for more rows than memory should hold. */
export async function takeRowsToFile(client: pg.Client, twin: Twin, path: string): Promise<void> {
  await pipeline(client.query(to(copyOut(twin))), createWriteStream(path));
}

/** Plain COPY of that file into the twin. */
export async function copyFromFile(client: pg.Client, { twin, columns }: Twin, path: string): Promise<void> {
  await pipeline(createReadStream(path), client.query(from(`COPY ${twin} (${columns.join(', ')}) FROM STDIN`)));
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

const copyOut = ({ table, columns }: Twin): string => `COPY (SELECT ${columns.join(', ')} FROM ${table}) TO STDOUT`;

async function linesOf(client: pg.Client, twin: Twin): Promise<Buffer[]> {
  const lines: Buffer[] = [];
  let rest = Buffer.alloc(0);
  for await (const chunk of client.query(to(copyOut(twin)))) {
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
