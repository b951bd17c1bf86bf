import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environmentSchema as adminApi } from '../../apps/admin-api/src/config.js';
import { environmentSchema as fullSync } from '../../apps/full-sync/src/config.js';
import { environmentSchema as graphSimulator } from '../../apps/graph-simulator/src/config.js';
import { environmentSchema as notification } from '../../apps/notification/src/config.js';
import { environmentSchema as provisioning } from '../../apps/provisioning/src/config.js';
import { environmentSchema as standalone } from '../../apps/standalone/src/config.js';
import { environmentSchema as subscription } from '../../apps/subscription/src/config.js';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What each app reads, as its own schema says. */
const readBy: Readonly<Record<string, readonly string[]>> = {
  standalone: Object.keys(standalone.shape),
  subscription: Object.keys(subscription.shape),
  provisioning: Object.keys(provisioning.shape),
  'full-sync': Object.keys(fullSync.shape),
  notification: Object.keys(notification.shape),
  'admin-api': Object.keys(adminApi.shape),
  'graph-simulator': Object.keys(graphSimulator.shape),
};
const services = Object.keys(readBy).filter((app) => app !== 'standalone' && app !== 'graph-simulator');
const variables = [...new Set(Object.values(readBy).flat())].toSorted();

/** Apps by variable, as the last column of the page's tables says; "services" stands for all five. */
const documented = new Map(
  [...text('docs/configuration.md').matchAll(/^\| `([A-Z_]+)` .*\| ([^|]+) \|$/gm)].map(([, name = '', readers = '']) => [
    name,
    readers
      .split(',')
      .flatMap((reader) => (reader.trim() === 'services' ? services : [reader.trim()]))
      .toSorted(),
  ]),
);

describe('the configuration', () => {
  it('.env.example names every variable that is read, and no other', () => {
    const named = [...text('.env.example').matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
    expect(named.toSorted()).toEqual(variables);
  });

  it('docs/configuration.md names every variable once', () => {
    expect([...documented.keys()].toSorted()).toEqual(variables);
  });

  it.each(variables)('%s: the page says who reads it', (name) => {
    const readers = Object.keys(readBy).filter((app) => readBy[app]?.includes(name));
    expect(documented.get(name)).toEqual(readers.toSorted());
  });

  it('gives the sealing keys and the API token only to those who need them (invariant 10)', () => {
    expect(readBy['provisioning']).not.toContain('SECRETS_KEY');
    for (const app of ['subscription', 'provisioning', 'full-sync', 'notification'])
      expect(readBy[app]).not.toContain('ADMIN_TOKEN');
  });
});
