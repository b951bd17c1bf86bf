import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const schemas = ['connections', 'watch', 'people', 'runs', 'notices', 'messaging'];
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Each write statement's target schema in a source text: `INSERT INTO people.accounts` is `people`. */
export function writtenSchemas(source: string): string[] {
  const writes =
    /\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|COPY|TRUNCATE(?:\s+TABLE)?|MERGE\s+INTO|ALTER\s+TABLE|DROP\s+TABLE)\s+(?:ONLY\s+)?([a-z_]+)\.[a-z_$"]+/gi;
  return [...source.matchAll(writes)].map((match) => (match[1] ?? '').toLowerCase()).filter((schema) => schemas.includes(schema));
}

describe("only the owner's library writes its schema", () => {
  it('is told by a sample that breaks it', () => {
    expect(writtenSchemas('INSERT INTO people.accounts (id) VALUES (1)')).toEqual(['people']);
    expect(writtenSchemas('UPDATE\n  watch.chains SET x = 1')).toEqual(['watch']);
    expect(writtenSchemas('SELECT * FROM people.accounts')).toEqual([]);
  });

  it.each(sourceFolders())('holds for %s', (folder) => {
    const owner = /^libs\/([^/]+)/.exec(folder)?.[1] ?? '';
    const foreign = filesBelow(join(root, folder)).flatMap((file) =>
      writtenSchemas(readFileSync(file, 'utf8'))
        .filter((schema) => schema !== owner)
        .map((schema) => `${file.slice(root.length)} writes ${schema}`),
    );
    expect(foreign).toEqual([]);
  });
});

function sourceFolders(): string[] {
  return ['apps', 'libs']
    .flatMap((kind) => readdirSync(join(root, kind)).map((name) => `${kind}/${name}/src`))
    .filter((folder) => filesBelow(join(root, folder)).length > 0);
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => join(folder, file));
  } catch {
    return [];
  }
}
