// `npm run screenshots`: every page of the console, empty, full and failing, the wizard in each failure of its steps, every dialog, at
// both widths and in both themes, into .cache/screenshots. The name of a state and the beginning of a picture's name take fewer:
// `npm run screenshots full plan`. `npm run screenshots guide` takes what docs/admin-guide.md shows, into docs/pictures.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { build, fail, installDependencies, requireNode, root } from './prepare.mjs';
import { GUIDE, STATES, takeStates } from './screenshots/states.mjs';

const folder = join(root, '.cache', 'screenshots');
const [state, only] = process.argv.slice(2);

const known = [...STATES, GUIDE];
if (state !== undefined && !known.includes(state)) fail(`There is no state ${state}; they are ${known.join(', ')}.`);
requireNode();
installDependencies();
build();
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  await takeStates({ browser, root, folder, states: state === undefined ? STATES : [state], only });
  process.stdout.write(`The screenshots are in ${state === GUIDE ? join(root, 'docs', 'pictures') : folder}\n`);
} finally {
  await browser.close();
}
