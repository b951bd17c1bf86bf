import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDeadLetters, breakApi } from './answers.mjs';
import { adminApi, tenantControl } from './calls.mjs';
import { takePictures, takeStory } from './camera.mjs';
import { fill } from './fill.mjs';
import { pagesOf, pagesOfPeople, pagesSignedOut } from './pages.mjs';
import { startStandalone } from './standalone.mjs';
import { connect } from './stories/connect.mjs';
import { workOnConnection } from './stories/connected.mjs';
import { settleDeadLetters } from './stories/dead-letters.mjs';
import { openDialogs } from './stories/dialogs.mjs';
import { connectAsInGuide } from './stories/guide.mjs';
import { visit } from './stories/pages.mjs';
import { showRunStates } from './stories/runs.mjs';
import { endSessionInForm, signInWithoutRole } from './stories/sign-in.mjs';
import { takeTour } from './stories/tour.mjs';
import { environmentOf, startTenant } from './tenant.mjs';

/**
 * - `empty`: nothing is connected yet; people sign in at their organisation.
 * - `connect`: the wizard through the failures of its steps, and what is done with a connection to a tenant.
 * - `full`: the demo with something to show on every page, its dialogs, its tour.
 * - `failing`: the same pages while the API refuses everything.
 */
export const STATES = ['empty', 'connect', 'full', 'failing'];

/** Not one of them, since it writes into docs/pictures: what docs/admin-guide.md shows. */
export const GUIDE = 'guide';

/** Takes the pictures of these states. */
export async function takeStates({ states, ...camera }) {
  if (states.includes('empty') || states.includes('connect')) await withTenant(camera, states);
  if (states.includes(GUIDE)) await withGuide(camera);
  if (states.includes('full') || states.includes('failing')) await withDemo(camera, states);
}

async function withTenant(camera, states) {
  await withProductOnTenant(camera, async (tools) => {
    if (states.includes('empty')) await takeEmpty(tools);
    if (!states.includes('connect')) return;
    for (const displayName of ['Twins', 'Twins', 'Nobody yet']) await tools.control('POST', '/groups', { displayName });
    await tools.take('connect', connect(tools, workOnConnection(tools)));
  });
}

async function withGuide(camera) {
  await withProductOnTenant(camera, async (tools) => {
    const storageState = await tools.session.storageState();
    await takePictures(camera.browser, { folder: join(camera.root, 'docs', 'pictures'), storageState }, connectAsInGuide(tools));
  });
}

async function withProductOnTenant(camera, work) {
  const { facts, stop } = await startTenant(camera.root);
  try {
    await withProduct(camera, environmentOf(facts), (product) => work({ ...product, facts, control: tenantControl(facts) }));
  } finally {
    await stop();
  }
}

async function takeEmpty({ address, read, take, takeSignedOut }) {
  await take('empty', visit(address, await pagesOf(read)));
  await takeSignedOut('empty', visit(address, pagesSignedOut));
  await takeSignedOut('empty', signInWithoutRole({ address }));
}

async function withDemo(camera, states) {
  await withProduct(camera, {}, async (product) => {
    const { address, read, take, takeSignedOut } = product;
    const tools = { address, ...(await fill(product)) };
    const pages = [...(await pagesOf(read)), ...pagesOfPeople(tools.people)];
    if (states.includes('full')) {
      await take('full', visit(address, pages));
      await takeSignedOut('full', visit(address, pagesSignedOut));
      await take('full', openDialogs(tools));
      await take('full', settleDeadLetters(tools), (context) => addDeadLetters(context, tools));
      await take('full', showRunStates({ address, read }));
      await take('full', takeTour(tools));
      await take('full', endSessionInForm(tools));
    }
    if (states.includes('failing')) await take('failing', visit(address, pages), breakApi);
  });
}

/** Starts a product, signs in, and gives `work` what the stories need of it. */
async function withProduct({ browser, root, folder, only }, env, work) {
  const { address, dataDir, link, stop } = await startStandalone(root, env);
  try {
    const session = await signIn(browser, link);
    const api = adminApi(address, (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim());
    const shown = { folder, only };
    await work({
      address,
      dataDir,
      session,
      api,
      read: (path) => api('GET', path),
      take: async (state, story, prepare) =>
        takeStory(browser, { ...shown, state, prepare, storageState: await session.storageState() }, story),
      takeSignedOut: (state, story) => takeStory(browser, { ...shown, state }, story),
    });
  } finally {
    await stop();
  }
}

/** The link works once; its session serves for every picture of this product. */
async function signIn(browser, link) {
  const context = await browser.newContext();
  await (await context.newPage()).goto(link);
  return context;
}
