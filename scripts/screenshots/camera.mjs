/* global document, getComputedStyle, window -- what is evaluated runs in the page */
import { join } from 'node:path';

const WIDTHS = [1280, 390];
const THEMES = ['light', 'dark'];

/**
 * Takes a story in every width and theme. The story gets a page of its own and `shoot(name)`, which keeps a picture as
 * `state-name-width-theme.png`; names that do not begin with `only` are passed over. What is cut off is told.
 */
export async function takeStory(browser, { folder, state, only, storageState, prepare }, story) {
  for (const width of WIDTHS) {
    for (const colorScheme of THEMES) {
      const context = await browser.newContext({
        ...(storageState && { storageState }),
        viewport: { width, height: 900 },
        colorScheme,
        timezoneId: 'Europe/London',
      });
      await prepare?.(context);
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const shoot = async (name) => {
        if (only !== undefined && !name.startsWith(only)) return;
        await settle(page);
        const file = `${state}-${name}-${width}-${colorScheme}.png`;
        await tellOfWhatIsCut(page, file);
        // What lies above the page belongs to the part that is seen; a page as a whole would show it somewhere in the middle.
        const isCovered = (await page.getByRole('dialog').or(page.getByRole('alertdialog')).count()) > 0;
        if (!isCovered) await page.evaluate(() => window.scrollTo(0, 0));
        await page.screenshot({ path: join(folder, file), fullPage: !isCovered });
      };
      try {
        await story({ page, context, shoot });
      } catch (error) {
        await page.screenshot({ path: join(folder, `stopped-${state}-${width}-${colorScheme}.png`) });
        throw error;
      }
      await context.close();
    }
  }
}

/** Takes a story once, as a document shows it: the part of the page that is seen, as `name.png`. */
export async function takePictures(browser, { folder, storageState }, story) {
  const context = await browser.newContext({
    storageState,
    viewport: { width: 1100, height: 760 },
    colorScheme: 'light',
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const shoot = async (name) => {
    await settle(page);
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };
  await story({ page, context, shoot });
  await context.close();
}

async function settle(page) {
  // By the tag: below a dialog the page has no roles.
  await page.locator('h1, [role="group"]').first().waitFor({ state: 'attached' });
  await page.getByText('Loading').first().waitFor({ state: 'hidden' });
  // Names and counts come by requests of their own; the live stream never lets the network be idle.
  await page.waitForTimeout(600);
}

/** What is cut off at the right, or reached only by scrolling sideways: by the first words of it. */
async function tellOfWhatIsCut(page, file) {
  const cut = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main *, [role="dialog"] *, [role="alertdialog"] *, header *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .filter((element) => element === document.documentElement || getComputedStyle(element).overflowX !== 'visible')
      // A phone shows the wizard's steps by their numbers; JSON is scrolled.
      .filter((element) => !element.matches('input, textarea, select, caption, pre, [aria-label="Steps"] button'))
      .map((element) => `${element.tagName.toLowerCase()} "${element.textContent.slice(0, 40)}"`),
  );
  if (cut.length > 0) process.stderr.write(`${file}: cut off, or scrolls sideways: ${cut.join(', ')}\n`);
}
