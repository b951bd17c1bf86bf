// `npm run screenshots`: every page of the console, at both widths and in both themes, into .cache/screenshots. Starts a standalone of
// its own with the simulated tenant; a sign-in link as argument takes a running one instead.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { build, installDependencies, requireNode, root } from './prepare.mjs';
import { pagesOf } from './screenshots/pages.mjs';

const WIDTHS = [1280, 390];
const THEMES = ['light', 'dark'];
const folder = join(root, '.cache', 'screenshots');

requireNode();
const [given, only] = process.argv.slice(2);
const running = given === undefined ? await startStandalone() : { link: given, stop: async () => undefined };
try {
  await takeAll(running.link);
} finally {
  await running.stop();
}

async function takeAll(link) {
  await mkdir(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    const session = await browser.newContext();
    await (await session.newPage()).goto(link);
    const state = await session.storageState();
    const origin = new URL(link).origin;
    const api = async (path) => (await session.request.get(`${origin}/api/v1${path}`)).json();
    const pages = (await pagesOf(api)).filter(([name]) => only === undefined || name.startsWith(only));
    for (const width of WIDTHS) {
      for (const colorScheme of THEMES) {
        const context = await browser.newContext({ storageState: state, viewport: { width, height: 900 }, colorScheme });
        const page = await context.newPage();
        for (const [name, path] of pages) {
          await page.goto(`${origin}${path}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.getByText('Loading').first().waitFor({ state: 'hidden' });
          // Names and counts come by requests of their own; the live stream never lets the network be idle.
          await page.waitForTimeout(800);
          await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
        }
        await context.close();
      }
    }
    process.stdout.write(`${pages.length * WIDTHS.length * THEMES.length} screenshots are in ${folder}\n`);
  } finally {
    await browser.close();
  }
}

async function startStandalone() {
  installDependencies();
  build();
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-screenshots-'));
  const child = spawn(process.execPath, ['dist/apps/standalone/src/main.js'], {
    cwd: root,
    env: { ...process.env, ROLLCALL_DATA_DIR: dataDir, HTTP_PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const link = await new Promise((found, failed) => {
    let output = '';
    child.stdout.on('data', (piece) => {
      output += piece;
      const [, printed] = /(http:\S+\/sign-in\?code=\S+)/.exec(output) ?? [];
      if (printed !== undefined && output.includes('Processed 25 users')) found(printed);
    });
    child.on('exit', () => failed(new Error(`standalone ended:\n${output}`)));
  });
  const ended = new Promise((done) => child.on('exit', done));
  return {
    link,
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
