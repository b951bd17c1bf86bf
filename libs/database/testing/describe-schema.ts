import type { Queryable } from '#database';

/**
 * A schema as text that can be compared: tables with their columns, constraints and indexes, sequences, functions and triggers, in
 * one order. Partitions and migrations tables are left out: they depend on when and how often a process ran.
 */
export async function describeSchema(db: Queryable, schema: string): Promise<string> {
  const [tables, constraints, indexes, sequences, functions, triggers] = await Promise.all([
    db.query<{ line: string; owner: string }>(COLUMNS, [schema]),
    db.query<{ line: string; owner: string }>(CONSTRAINTS, [schema]),
    db.query<{ line: string; owner: string }>(INDEXES, [schema]),
    db.query<{ line: string }>(SEQUENCES, [schema]),
    db.query<{ line: string }>(FUNCTIONS, [schema]),
    db.query<{ line: string; owner: string }>(TRIGGERS, [schema]),
  ]);
  const names = [...new Set(tables.map(({ owner }) => owner))];
  const of = (rows: { line: string; owner: string }[], owner: string) =>
    rows.filter((row) => row.owner === owner).map(({ line }) => `  ${line}`);
  const blocks = names.map((name) =>
    [`TABLE ${schema}.${name}`, ...of(tables, name), ...of(constraints, name), ...of(indexes, name), ...of(triggers, name)].join(
      '\n',
    ),
  );
  return [...sequences.map(({ line }) => line), ...functions.map(({ line }) => line), ...blocks].join('\n\n');
}

const OURS = `n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migrations'`;

const COLUMNS = `
  SELECT c.relname AS owner,
         a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END ||
         coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') || CASE a.attidentity WHEN '' THEN '' ELSE ' IDENTITY' END AS line
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE ${OURS} ORDER BY c.relname, a.attname`;

const CONSTRAINTS = `
  SELECT c.relname AS owner, 'CONSTRAINT ' || k.conname || ' ' || pg_get_constraintdef(k.oid) AS line
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${OURS} AND k.contype <> 'n' ORDER BY c.relname, k.conname`;

const INDEXES = `
  SELECT c.relname AS owner, pg_get_indexdef(i.indexrelid) AS line
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${OURS} AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY c.relname, 2`;

const SEQUENCES = `
  SELECT 'SEQUENCE ' || n.nspname || '.' || c.relname AS line
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind = 'S' AND c.relname <> 'migrations_id_seq' ORDER BY c.relname`;

const FUNCTIONS = `
  SELECT pg_get_functiondef(p.oid) AS line
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1 ORDER BY p.proname`;

const TRIGGERS = `
  SELECT c.relname AS owner, pg_get_triggerdef(t.oid) AS line
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${OURS} AND NOT t.tgisinternal ORDER BY c.relname, t.tgname`;
