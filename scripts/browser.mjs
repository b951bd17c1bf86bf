import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

/** A real Chromium that comes as an npm package; as root it only starts without its sandbox. Throws where it cannot start here. */
export async function launchBrowser() {
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: ['--no-sandbox'] });
}

/** Undefined where a browser starts, else why not, in one line. */
export async function whyNoBrowser() {
  try {
    await (await launchBrowser()).close();
    return undefined;
  } catch (error) {
    return error.message.split('\n', 1)[0];
  }
}
