import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A product of its own in an empty data folder, with the link that it printed; `DEMO_TENANT=off` gives one without any tenant. The
 * notifications of a simulated tenant reach it at its own address.
 */
export async function startStandalone(root, env = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-screenshots-'));
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/apps/standalone/src/main.js'], {
    cwd: root,
    env: {
      ...process.env,
      ROLLCALL_DATA_DIR: dataDir,
      HTTP_PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      CONFIRM_SECONDS: '1',
      SETTLE_SECONDS: '4',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const isReady = env.DEMO_TENANT === 'off' ? () => true : (output) => output.includes('Processed 25 users');
  const link = await new Promise((found, failed) => {
    let output = '';
    child.stdout.on('data', (piece) => {
      output += piece;
      const [, printed] = /(http:\S+\/sign-in\?code=\S+)/.exec(output) ?? [];
      if (printed !== undefined && isReady(output)) found(printed);
    });
    child.on('exit', () => failed(new Error(`standalone ended:\n${output}`)));
  });
  const ended = new Promise((done) => child.on('exit', done));
  return {
    link,
    dataDir,
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
