import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNoBrowser } from './browser.mjs';

/** A missing engine is a failure here, not a line: set by .ci/run. */
const STRICT = process.env.ROLLCALL_REQUIRE_ENGINES === '1';

/**
 * Runs the checks, then vitest with a real Kafka where one is to be had, and prints `N passed, N failed` last.
 * @returns the exit status
 */
export async function runSuites({ root, spawn, arguments: vitestArguments }) {
  const checks = vitestArguments.length === 0 ? await runChecks(root, spawn) : { passed: 0, failed: 0 };
  const kafka = await kafkaForTests(root);
  const noBrowser = await whyNoBrowser();
  try {
    const report = join(root, '.cache', 'vitest-report.json');
    mkdirSync(join(root, '.cache'), { recursive: true });
    rmSync(report, { force: true });
    const status = await node(
      root,
      spawn,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...vitestArguments,
      ],
      {
        KAFKA_BROKERS: kafka.brokers ?? '',
        ROLLCALL_BROWSER: noBrowser === undefined ? '' : 'none',
      },
    );
    const { passed, failed } = counts(report, status);
    const notRun = [
      ...(kafka.reason === undefined ? [] : [`Not run on real Kafka: ${kafka.reason}`]),
      ...(noBrowser === undefined ? [] : [`Not run in a browser: ${noBrowser}`]),
    ];
    const missing = STRICT ? notRun.length : 0;
    for (const line of notRun) process.stdout.write(`${line}\n`);
    const failures = failed + checks.failed + missing;
    process.stdout.write(`${passed + checks.passed} passed, ${failures} failed\n`);
    return failures === 0 && status === 0 ? 0 : 1;
  } finally {
    await kafka.stop();
  }
}

/** The longest first: each is one process on one core, so as many go side by side as there are cores. */
const CHECKS = ['check:lint', 'check:types', 'check:format', 'check:boundaries'];

async function runChecks(root, spawn) {
  const waiting = [...CHECKS];
  let passed = 0;
  const lane = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const { status, output } = await quietly(root, spawn, 'npm', ['run', '--silent', name]);
      process.stdout.write(`\n> ${name}\n${output}`);
      if (status === 0) passed += 1;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return { passed, failed: CHECKS.length - passed };
}

/** `KAFKA_BROKERS` when set, else a real Apache Kafka of our own where Java and Maven are present. */
async function kafkaForTests(root) {
  const given = process.env.KAFKA_BROKERS;
  if (given) return { brokers: given, stop: async () => undefined };
  try {
    const { startKafka } = await import('./kafka/start-kafka.mjs');
    const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-kafka-'));
    const port = 18_000 + (process.pid % 500) * 2;
    const kafka = await startKafka({ port, dataDir, cacheDir: join(root, '.cache', 'kafka') });
    const stop = async () => {
      await kafka.stop();
      await rm(dataDir, { recursive: true, force: true });
    };
    return { brokers: kafka.brokers, stop };
  } catch (error) {
    return { reason: error.message.split('\n', 1)[0], stop: async () => undefined };
  }
}

function counts(report, status) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = numFailedTests === 0 && (numFailedTestSuites > 0 || status !== 0) ? 1 : numFailedTests;
  return { passed: numPassedTests, failed };
}

function node(root, spawn, args, env) {
  return command(root, spawn, process.execPath, args, env);
}

function command(root, spawn, executable, args, env = {}) {
  return ended(spawn(executable, args, { ...optionsOf(root, env), stdio: 'inherit' }));
}

/** What it prints is answered as a whole, for commands that run side by side. */
async function quietly(root, spawn, executable, args) {
  const child = spawn(executable, args, { ...optionsOf(root), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const status = await ended(child);
  return { status, output };
}

function optionsOf(root, env = {}) {
  return { cwd: root, env: { ...process.env, ...env }, shell: process.platform === 'win32' };
}

function ended(child) {
  return new Promise((done) => {
    child.on('close', (status) => done(status ?? 1));
    child.on('error', () => done(1));
  });
}
