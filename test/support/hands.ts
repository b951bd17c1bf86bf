import type { Locator, Page } from 'playwright-core';

/** How somebody works on a page. The same journey can be done by mouse and by keyboard alone. */
export interface Hands {
  /** A button or a link. */
  press(control: Locator): Promise<void>;
  /** A box or a switch. */
  toggle(control: Locator): Promise<void>;
  /** Writes over what stands in a field. */
  fill(field: Locator, text: string): Promise<void>;
  /** Opens a menu and chooses an entry of it. */
  pick(menu: Locator, entry: Locator): Promise<void>;
  /** One of a group of radio buttons, or one tab of several. */
  choose(option: Locator): Promise<void>;
}

/** What the page's own document is asked; the types of browsers are not part of this project. */
interface PageElement {
  readonly ownerDocument: { readonly activeElement: unknown };
  contains(other: unknown): boolean;
}

const hasFocus = (element: PageElement) => element === element.ownerDocument.activeElement;
const holdsFocus = (element: PageElement) => element.contains(element.ownerDocument.activeElement);

export function mouse(): Hands {
  return {
    press: (control) => control.click(),
    toggle: (control) => control.click(),
    fill: (field, text) => field.fill(text),
    pick: async (menu, entry) => {
      await menu.click();
      await entry.click();
    },
    choose: (option) => option.click(),
  };
}

/** More stops than any page has between two controls; what is not reached by then is not reached at all. */
const MOST_STOPS = 400;

/** Tab, arrows, Enter and Space, as somebody without a mouse has them. A control that they do not reach fails the test. */
export function keyboard(page: Page): Hands {
  const walk = async (control: Locator, key: string) => {
    await control.waitFor();
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
  };
}
