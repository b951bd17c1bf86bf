import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const sourcesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !/node_modules|^console/.test(path))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'));

it('docs/operations.md names every metric, and no other', () => {
  const sources = [...sourcesBelow('apps'), ...sourcesBelow('libs')].join('\n');
  const made = [...sources.matchAll(/name: '(rollcall_[a-z_]+)'/g)].map(([, name]) => name);
  const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const named = [...page.matchAll(/^\| `(rollcall_[a-z_]+)`/gm)].map(([, name]) => name);
  expect(made.length).toBeGreaterThan(20);
  expect(named.toSorted()).toEqual([...new Set(made)].toSorted());
});
