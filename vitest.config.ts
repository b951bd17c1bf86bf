import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const { imports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  imports: Record<string, { 'rollcall-source': string }>;
};

/** The packages' names lead to their sources, as the condition `rollcall-source` of package.json says; also in global set-ups. */
const alias = Object.entries(imports).map(([name, { 'rollcall-source': source }]) => ({
  find: new RegExp(`^${name.replace('*', '(.+)')}$`),
  replacement: root + source.slice(2).replace('*', '$1'),
}));

const shared = { extends: true as const };

/** A process takes file after file and keeps what it has loaded: Nest, TypeORM and the sources cost more than most files do. */
const filesShareProcesses = { isolate: false, maxWorkers: 2 } as const;

/** Suites on a real Kafka; `npm test` says in one line when there is none, and .ci/run fails then. */
const withoutKafka = process.env['KAFKA_BROKERS'] ? [] : ['**/*kafka*.{int,e2e}.spec.ts'];

/** They promise seconds to a person, so nothing else goes on beside them. */
const inSeconds = [
  'connections',
  'embedded-engines',
  'large-group',
  'services-first-on-kafka',
  'services-on-kafka',
  'standalone-start',
].map((name) => `test/e2e/${name}.e2e.spec.ts`);

/** The console in a real browser; `npm test` says in one line where none starts, and .ci/run fails then. */
const withoutBrowser = process.env['ROLLCALL_BROWSER'] === 'none' ? ['**/*.browser.spec.ts'] : [];

/** Kinds of test, told apart by the file's ending: pure, one real dependency, the running system, its pages. One kind after the other. */
export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{apps,libs,scripts,test,bench}/**/*.spec.ts'],
          exclude: ['**/*.{int,e2e,browser}.spec.ts', 'node_modules/**', 'dist/**'],
          testTimeout: 60_000,
          ...filesShareProcesses,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          name: 'int',
          include: ['{apps,libs,test}/**/*.int.spec.ts'],
          exclude: ['node_modules/**', 'dist/**', ...withoutKafka],
          globalSetup: ['test/support/start-engines.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...filesShareProcesses,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.spec.ts'],
          exclude: [...inSeconds, ...withoutKafka],
          globalSetup: ['test/support/start-engines.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // They wait for what must come, and mostly for processes and clocks: two go side by side.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e-in-seconds',
          include: inSeconds,
          exclude: withoutKafka,
          globalSetup: ['test/support/start-engines.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.browser.spec.ts'],
          exclude: withoutBrowser,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
