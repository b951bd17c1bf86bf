import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

async function runChecks(root, spawn) {
  let passed = 0;
  let failed = 0;
  for (const name of ['check:types', 'check:lint', 'check:boundaries', 'check:format']) {
    process.stdout.write(`\n> ${name}\n`);
    const status = await command(root, spawn, 'npm', ['run', '--silent', name]);
    if (status === 0) passed += 1;
    else failed += 1;
  }
  return { passed, failed };
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
  return new Promise((done) => {
    const child = spawn(executable, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    child.on('close', (status) => done(status ?? 1));
    child.on('error', () => done(1));
  });
}
