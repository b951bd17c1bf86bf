import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';

const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as IConfiguration;
const root = new URL('../..', import.meta.url).pathname;

/** For each rule the smallest house that breaks it: files by path. A rule without a sample, or a sample without a report, fails. */
const samples: Record<string, Record<string, string>> = {
  'no-cycles': {
    'libs/people/src/index.ts': `import { b } from './b.js'; export const a = () => b;`,
    'libs/people/src/b.ts': `import { a } from './index.js'; export const b = () => a;`,
  },
  'app-to-app': {
    'apps/provisioning/src/main.ts': `import { x } from '../../subscription/src/x.js'; x();`,
    'apps/subscription/src/x.ts': `export const x = () => 1;`,
  },
  'lib-to-app': {
    'libs/people/src/index.ts': `import { x } from '../../../apps/subscription/src/x.js'; x();`,
    'apps/subscription/src/x.ts': `export const x = () => 1;`,
  },
  'contracts-know-nobody': {
    'libs/contracts/src/index.ts': `import { db } from '../../database/src/index.js'; db();`,
    'libs/database/src/index.ts': `export const db = () => 1;`,
  },
  'technology-knows-no-owner': {
    'libs/messaging/src/index.ts': `import { people } from '../../people/src/index.js'; people();`,
    'libs/people/src/index.ts': `export const people = () => 1;`,
  },
  'owners-one-way': {
    'libs/people/src/index.ts': `import { watch } from '../../watch/src/index.js'; watch();`,
    'libs/watch/src/index.ts': `export const watch = () => 1;`,
  },
  'connections-know-no-owner': {
    'libs/connections/src/index.ts': `import { people } from '../../people/src/index.js'; people();`,
    'libs/people/src/index.ts': `export const people = () => 1;`,
  },
  'runs-know-people-and-connections': {
    'libs/runs/src/index.ts': `import { watch } from '../../watch/src/index.js'; watch();`,
    'libs/watch/src/index.ts': `export const watch = () => 1;`,
  },
  'through-the-index': {
    'libs/runs/src/index.ts': `import { facts } from '../../people/src/facts.js'; facts();`,
    'libs/people/src/facts.ts': `export const facts = () => 1;`,
  },
  'no-testing-in-source': {
    'libs/people/src/index.ts': `import { fake } from '../testing/index.js'; fake();`,
    'libs/people/testing/index.ts': `export const fake = () => 1;`,
  },
  'simulator-shares-nothing': {
    'apps/graph-simulator/src/main.ts': `import { client } from '../../../libs/graph-client/src/index.js'; client();`,
    'libs/graph-client/src/index.ts': `export const client = () => 1;`,
  },
  'simulator-is-known-to-standalone-only': {
    'libs/graph-client/src/index.ts': `import { simulator } from '../../../apps/graph-simulator/src/index.js'; simulator();`,
    'apps/graph-simulator/src/index.ts': `export const simulator = () => 1;`,
  },
  'database-drivers-behind-owners': { 'apps/provisioning/src/main.ts': `import pg from 'pg'; pg.Client.name;` },
  'kafka-behind-messaging': { 'libs/people/src/index.ts': `import { Kafka } from 'kafkajs'; Kafka.name;` },
  'graph-behind-graph-client': {
    'libs/watch/src/index.ts': `import { Client } from '@microsoft/microsoft-graph-client'; Client.name;`,
  },
  'opentelemetry-behind-tracing': { 'libs/watch/src/index.ts': `import { trace } from '@opentelemetry/api'; trace.disable();` },
  'tracing-sdk-on-demand': {
    'libs/tracing/src/start-tracing.ts': `import { startSdk } from './sdk/start-sdk.js'; startSdk();`,
    'libs/tracing/src/sdk/start-sdk.ts': `export const startSdk = () => 1;`,
  },
  'no-orphans': { 'libs/people/src/forgotten.ts': `export const forgotten = 1;` },
  resolvable: { 'libs/people/src/index.ts': `import { gone } from './gone.js'; gone();` },
  declared: { 'libs/people/src/index.ts': `import ajv from 'ajv'; ajv.name;` },
};

describe('the boundaries of the house', () => {
  const folders: string[] = [];

  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  it('has a violating sample for every rule', () => {
    const rules = (config.forbidden ?? []).map((rule) => rule.name).toSorted();
    expect(Object.keys(samples).toSorted()).toEqual(rules);
  });

  it.each(Object.entries(samples))('reports a violation of %s', async (rule, files) => {
    const folder = await build(files);
    folders.push(folder);
    const { output } = await cruise(['.'], {
      ...config.options,
      tsConfig: {},
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: config.forbidden ?? [] },
    });
    expect((output as ICruiseResult).summary.violations.map((violation) => violation.rule.name)).toContain(rule);
  });
});

/** Inside the project, so that npm packages resolve. */
async function build(files: Record<string, string>): Promise<string> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'boundaries-'));
  await writeFile(
    join(folder, 'package.json'),
    '{"name":"sample","type":"module","dependencies":{"pg":"*","kafkajs":"*","@microsoft/microsoft-graph-client":"*","@opentelemetry/api":"*"},"devDependencies":{"ajv":"*"}}',
  );
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
