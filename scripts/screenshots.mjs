// `npm run screenshots`: every page of the console, empty, full and failing, at both widths and in both themes, into
// .cache/screenshots. The name of a state and the beginning of a page's name take fewer: `npm run screenshots full plan`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { build, fail, installDependencies, requireNode, root } from './prepare.mjs';
import { fill } from './screenshots/fill.mjs';
import { pagesOf, pagesSignedOut } from './screenshots/pages.mjs';
import { startStandalone } from './screenshots/standalone.mjs';

const WIDTHS = [1280, 390];
const THEMES = ['light', 'dark'];
const STATES = ['empty', 'full', 'failing'];
const folder = join(root, '.cache', 'screenshots');
const [onlyState, onlyPage] = process.argv.slice(2);

if (onlyState !== undefined && !STATES.includes(onlyState))
  fail(`There is no state ${onlyState}; they are ${STATES.join(', ')}.`);
requireNode();
installDependencies();
build();
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  const wanted = STATES.filter((state) => onlyState === undefined || onlyState === state);
  if (wanted.includes('empty')) await withStandalone({ DEMO_TENANT: 'off' }, (running) => takeAll('empty', running));
  if (wanted.includes('full') || wanted.includes('failing')) {
    await withStandalone({}, async (running) => {
      await fill(running);
      for (const state of wanted.filter((each) => each !== 'empty')) await takeAll(state, running);
    });
  }
  process.stdout.write(`The screenshots are in ${folder}\n`);
} finally {
  await browser.close();
}

async function withStandalone(env, work) {
  const running = await startStandalone(root, env);
  try {
    await work({ ...running, session: await signIn(running.link) });
  } finally {
    await running.stop();
  }
}

/** The link works once; its session serves for every picture of this product. */
async function signIn(link) {
  const context = await browser.newContext();
  await (await context.newPage()).goto(link);
  return context;
}

async function takeAll(state, { address, session }) {
  const api = async (path) => (await session.request.get(`${address}/api/v1${path}`)).json();
  await takePages(state, address, await pagesOf(api), await session.storageState());
  // Nobody is signed in there, and nothing is read: one state of it is enough.
  if (state === 'empty') await takePages(state, address, pagesSignedOut, undefined);
}

async function takePages(state, address, all, storageState) {
  const pages = all.filter(([name]) => onlyPage === undefined || name.startsWith(onlyPage));
  for (const width of WIDTHS) {
    for (const colorScheme of THEMES) {
      const context = await browser.newContext({
        ...(storageState && { storageState }),
        viewport: { width, height: 900 },
        colorScheme,
      });
      if (state === 'failing') await breakApi(context);
      const page = await context.newPage();
      for (const [name, path] of pages) {
        await page.goto(`${address}${path}`);
        await page.getByRole('heading', { level: 1 }).or(page.getByRole('group')).first().waitFor();
        await page.getByText('Loading').first().waitFor({ state: 'hidden', timeout: 20_000 });
        // Names and counts come by requests of their own; the live stream never lets the network be idle.
        await page.waitForTimeout(600);
        await page.screenshot({ path: join(folder, `${state}-${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
      await context.close();
    }
  }
}

/** Everything but the session is refused, with a problem that has a remedy. */
async function breakApi(context) {
  await context.route(
    (url) => url.pathname.startsWith('/api/v1/') && url.pathname !== '/api/v1/me',
    (route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          code: 'CONSENT_MISSING',
          detail: 'The application may not read members: Group.Read.All is missing.',
          remedy: 'Add the permission in Entra and choose Grant admin consent, then try again.',
          correlationId: '0f0e0d0c-0000-4000-8000-000000000000',
        }),
      }),
  );
}
