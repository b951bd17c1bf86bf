import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/architecture.md', root), 'utf8');
const folders = (path: string) =>
  readdirSync(new URL(path, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

const lineOf = (folder: string) => page.split('\n').find((text) => text.startsWith(`| \`${folder}\` `));

describe('docs/architecture.md', () => {
  it.each([...folders('apps').map((name) => `apps/${name}`), ...folders('libs').map((name) => `libs/${name}`)])(
    'has a line for %s',
    (folder) => {
      expect(lineOf(folder)).toBeDefined();
    },
  );

  it.each(['connections', 'watch', 'people', 'runs', 'notices', 'graph-client', 'messaging'])(
    'names every room of libs/%s',
    (name) => {
      const line = lineOf(`libs/${name}`) ?? '';
      for (const room of folders(`libs/${name}/src`))
        if (room !== 'migrations' && room !== 'nest') expect(line).toContain(`\`${room}/\``);
    },
  );
});
