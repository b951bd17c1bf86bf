import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs');

const CLUSTER_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const START_DEADLINE_MS = 40_000;
const SMALL_JVM = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/**
 * Starts a real Apache Kafka (KRaft, one node) for tests, with Java 17 or newer and Maven, without Docker.
 * @param {{ port: number, dataDir: string, cacheDir: string }} options `port` and the one after it are taken; below 32768, for
 *   ephemeral ports were seen to be taken meanwhile. `dataDir` is made if missing, and kept. `cacheDir` keeps the jars.
 * @returns {Promise<{ brokers: string, stop(): Promise<void>, kill(): Promise<void>, restart(): Promise<void> }>} `stop` and `kill`
 *   (SIGKILL) leave the data, `restart` goes on with them.
 * @throws {Error} which names what is missing, or the broker's last words.
 */
export async function startKafka({ port, dataDir, cacheDir }) {
  const lib = await fetchJars(resolve(cacheDir));
  const properties = await writeProperties(resolve(dataDir), port);
  const broker = new Broker(lib, properties, `127.0.0.1:${port}`, resolve(dataDir));
  await broker.format();
  await broker.start();
  return {
    brokers: broker.address,
    stop: () => broker.end('SIGTERM'),
    kill: () => broker.end('SIGKILL'),
    restart: async () => {
      await broker.end('SIGTERM');
      await broker.start();
    },
  };
}

/** The reason why no broker can be started here, or null. */
export async function whyNoKafka() {
  const java = await run('java', ['-version']).catch(() => null);
  if (java === null) return 'java is not installed (Java 17 or newer is needed)';
  const major = Number(/version "(\d+)/.exec(java.stderr)?.[1] ?? 0);
  if (major < 17) return `java is version ${major}, Kafka needs 17 or newer`;
  const maven = await run('mvn', ['-v']).catch(() => null);
  return maven === null ? 'mvn (Apache Maven) is not installed' : null;
}

async function fetchJars(cacheDir) {
  const reason = await whyNoKafka();
  if (reason !== null) throw new Error(`Kafka cannot be started: ${reason}`);
  const lib = join(cacheDir, 'lib');
  if (existsSync(lib)) return lib;
  // Copied under another name first, so that a download that was cut short is never taken for a whole one.
  const partial = join(cacheDir, `lib.${process.pid}`);
  await mkdir(cacheDir, { recursive: true });
  await copyFile(new URL('pom.xml', import.meta.url), join(cacheDir, 'pom.xml'));
  const args = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${partial}`];
  await run('mvn', args, { cwd: cacheDir, timeout: 180_000 }).catch((error) => {
    throw new Error(`Kafka cannot be started: mvn could not fetch its jars: ${error.stdout || error.message}`, { cause: error });
  });
  await rename(partial, lib).catch(async (error) => {
    if (!existsSync(lib)) throw error;
    await rm(partial, { recursive: true }); // somebody else was faster
  });
  return lib;
}

/** The short broker session lets a broker that was killed return in seconds: its former self is believed alive until then. */
async function writeProperties(dataDir, port) {
  const file = join(dataDir, 'server.properties');
  await mkdir(dataDir, { recursive: true });
  await writeFile(
    file,
    `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${port + 1}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${port + 1}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
log.dirs=${join(dataDir, 'logs')}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
log.cleaner.dedupe.buffer.size=4194304
`,
  );
  return file;
}

class Broker {
  #child;

  constructor(lib, properties, address, dataDir) {
    this.classPath = join(lib, '*');
    this.properties = properties;
    this.address = address;
    this.dataDir = dataDir;
    this.output = join(dataDir, 'kafka.out');
    process.once('exit', () => this.#child?.kill('SIGKILL'));
  }

  async format() {
    if (existsSync(join(this.dataDir, 'logs', 'meta.properties'))) return;
    const tool = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', this.properties];
    await run('java', ['-Xmx128m', ...SMALL_JVM, '-cp', this.classPath, ...tool]);
  }

  async start() {
    const level = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
    const child = spawn('java', ['-Xmx256m', ...SMALL_JVM, level, '-cp', this.classPath, 'kafka.Kafka', this.properties], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => void appendFile(this.output, text).catch(() => {}));
    const deadline = Date.now() + START_DEADLINE_MS;
    while (!(await this.#answers())) {
      if (child.exitCode !== null || Date.now() > deadline) throw await this.#failure();
      await delay(100);
    }
  }

  async end(signal) {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  /** An open port is not enough: the broker must know itself. */
  async #answers() {
    const kafka = new Kafka({
      clientId: 'start-kafka',
      brokers: [this.address],
      logLevel: logLevel.NOTHING,
      connectionTimeout: 500,
      retry: { retries: 0 },
    });
    const admin = kafka.admin();
    try {
      await admin.connect();
      return (await admin.describeCluster()).brokers.length === 1;
    } catch {
      return false;
    } finally {
      await admin.disconnect().catch(() => {});
    }
  }

  async #failure() {
    await this.end('SIGKILL');
    const words = await readFile(this.output, 'utf8').catch(() => '');
    return new Error(`Kafka did not start on ${this.address}: ${words.trim().split('\n').slice(-5).join('\n')}`);
  }
}
