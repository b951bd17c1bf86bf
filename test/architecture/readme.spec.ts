import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Relative targets of Markdown links. */
const linksOf = (markdown: string) => [...markdown.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map((match) => match[1] ?? '');

describe('README', () => {
  const readme = text('README.md');

  it.each([...new Set(linksOf(readme))])('names %s, which is there', (target) => {
    expect(existsSync(new URL(target, root))).toBe(true);
  });

  it('names the file of each step of a change by its own name', () => {
    for (const [, name, target] of readme.matchAll(/\[`([a-z-]+(?:\.[a-z]+)*\.ts)`\]\(([^)]+)\)/g))
      expect(target?.endsWith(`/${name}`)).toBe(true);
  });

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    const commands = [...readme.matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)]
      .map((match) => match[1] ?? '')
      .filter((name) => name !== 'install');
    for (const command of commands) expect(Object.keys(scripts)).toContain(command);
  });
});
