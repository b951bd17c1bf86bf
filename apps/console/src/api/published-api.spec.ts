import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { operationsOf } from '../../offered-operations.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { paths } = JSON.parse(readFileSync(here('../../../admin-api/openapi.json'), 'utf8')) as Parameters<typeof published>[0];

function published(document: { paths: Parameters<typeof operationsOf>[0] }): Set<string> {
  return new Set(operationsOf(document.paths));
}

const sources = readdirSync(here('..'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.spec\.ts$|schema\.d\.ts$/.test(file))
  .map((file) => readFileSync(here(`../${file}`), 'utf8'));

const named = (pattern: RegExp) => new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)));

describe('what the console calls', () => {
  it('is published, or asked for before it is shown', () => {
    const offered = published({ paths });
    const guarded = named(/isOffered\('((?:get|post|put|patch|delete) [^']+)'\)/g);
    const called = named(/'((?:get|post|put|patch|delete) \/[^']*)'/g);
    expect(called.size).toBeGreaterThan(20);
    expect([...called].filter((operation) => !offered.has(operation) && !guarded.has(operation))).toEqual([]);
  });

  it('has the types of the published document (write them anew with npm run generate:console-types)', async () => {
    const { apiTypes, typesFile } = await import('../../generate-api-types.mjs');
    expect(readFileSync(typesFile, 'utf8')).toBe(await apiTypes());
  }, 30_000);
});
