import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.js';

/** How somebody without a mouse works on a page: Tab, arrows, Enter, Space and Escape. */
export interface Hands {
  /** A button or a link. */
  press(control: Locator): Promise<void>;
  /** A box or a switch. */
  toggle(control: Locator): Promise<void>;
  /** Writes over what stands in a field. */
  fill(field: Locator, text: string): Promise<void>;
  /** Types into a field that has parts, such as that of an instant; the arrow leads from one text to the next. */
  type(field: Locator, texts: readonly string[]): Promise<void>;
  /** Opens a menu and chooses an entry of it. */
  pick(menu: Locator, entry: Locator): Promise<void>;
  /** One of a group of radio buttons, or one tab of several. */
  choose(option: Locator): Promise<void>;
  /** Lets a drop-down field stand on the option that begins so. */
  select(field: Locator, option: string): Promise<void>;
  /** Leaves a menu or a dialog without an answer. */
  escape(): Promise<void>;
}

/** What the page's own document is asked; the types of browsers are not part of this project. */
interface PageElement {
  readonly ownerDocument: { readonly activeElement: unknown };
  contains(other: unknown): boolean;
  closest(selector: string): unknown;
}

const hasFocus = (element: PageElement) => element === element.ownerDocument.activeElement;
const holdsFocus = (element: PageElement) => element.contains(element.ownerDocument.activeElement);
const isInDialog = (element: PageElement) => element.closest('[role="dialog"], [role="alertdialog"]') !== null;

/** More stops than any page has between two controls; what is not reached by then is not reached at all. */
const MOST_STOPS = 400;

/**
 * A control that the keys do not reach fails the test, and so does a dialog that loses the focus: while it is open the focus is in it,
 * and when it has gone the focus is on a control or on the page, not nowhere.
 */
export function keyboard(page: Page): Hands {
  const dialog = page.locator('[role="dialog"], [role="alertdialog"]');
  let wasInDialog = false;
  page.on('domcontentloaded', () => (wasInDialog = false));

  const walk = async (control: Locator, key: string) => {
    await control.waitFor();
    if (await control.evaluate(isInDialog)) {
      await expectFocus(() => dialog.last().evaluate(holdsFocus), `the focus is not in the dialog of ${String(control)}`);
      wasInDialog = true;
    } else if (wasInDialog && (await dialog.count()) === 0) {
      const isSomewhere = () => page.locator('body').evaluate((body: PageElement) => body.ownerDocument.activeElement !== body);
      await expectFocus(isSomewhere, `before ${String(control)} a dialog closed and gave the focus to nothing`);
      wasInDialog = false;
    }
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await control.evaluate(hasFocus)) return;
      await page.keyboard.press(key);
    }
    const stuck = await page.locator(':focus').allInnerTexts();
    throw new Error(`${String(control)} is not reached by ${key}; the focus is on ${JSON.stringify(stuck).slice(0, 200)}`);
  };

  return {
    press: async (control) => {
      await walk(control, 'Tab');
      await page.keyboard.press('Enter');
    },
    toggle: async (control) => {
      await walk(control, 'Tab');
      await page.keyboard.press('Space');
    },
    fill: async (field, text) => {
      await walk(field, 'Tab');
      await page.keyboard.press('ControlOrMeta+A');
      if (text === '') await page.keyboard.press('Delete');
      else await page.keyboard.insertText(text);
    },
    type: async (field, texts) => {
      await walk(field, 'Tab');
      for (const text of texts) {
        await page.keyboard.type(text);
        await page.keyboard.press('ArrowRight');
      }
    },
    pick: async (menu, entry) => {
      await walk(menu, 'Tab');
      await page.keyboard.press('Enter');
      await walk(entry, 'ArrowDown');
      await page.keyboard.press('Enter');
    },
    choose: async (option) => {
      const group = option.locator('xpath=ancestor::*[@role="radiogroup" or @role="tablist"][1]');
      for (let stop = 0; stop < MOST_STOPS && !(await group.evaluate(holdsFocus)); stop += 1) await page.keyboard.press('Tab');
      await walk(option, 'ArrowRight');
      await page.keyboard.press('Space');
    },
    select: async (field, option) => {
      await walk(field, 'Tab');
      await page.keyboard.type(option);
    },
    escape: () => page.keyboard.press('Escape'),
  };
}

async function expectFocus(isThere: () => Promise<boolean>, otherwise: string): Promise<void> {
  await eventually(
    async () => {
      if (!(await isThere())) throw new Error(otherwise);
    },
    { deadlineMs: 1_000 },
  );
}
