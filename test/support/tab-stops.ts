import type { Page } from 'playwright-core';

/** More than any page has. */
const MOST_STOPS = 700;

/**
 * What somebody without a mouse cannot do on this page: walks it by Tab, from its beginning until it begins anew. Each control must be
 * a stop, and look different while it has the focus.
 */
export async function tabFaults(page: Page): Promise<string[]> {
  await page.evaluate(WATCH);
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('rollcallStops.look()')) === 'round') return page.evaluate<string[]>('rollcallStops.faults()');
  }
  return [`Tab does not come round within ${MOST_STOPS} stops`];
}

/**
 * Runs in the page, whose types are not part of this project. Of radio buttons and tabs Tab stops at the chosen one, arrows lead to the
 * others. What changes with the focus may be the control's own look or that of the box around it, as Fluent draws it.
 */
const WATCH = `{
  const LOOKS = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderTopColor', 'backgroundColor', 'transform', 'left'];
  const lookOf = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return LOOKS.map((name) => style[name]).join();
  };
  const around = (element) => [element, element.parentElement, element.parentElement?.parentElement].filter(Boolean);
  const sight = (element) => around(element).flatMap((each) => [null, '::before', '::after'].map((pseudo) => lookOf(each, pseudo))).join();
  const isStop = (element) =>
    element.tabIndex >= 0 && !element.disabled && !element.hasAttribute('data-tabster-dummy') &&
    element.checkVisibility({ visibilityProperty: true }) &&
    !(element.type === 'radio' && !element.checked) &&
    !(element.getAttribute('role') === 'tab' && element.getAttribute('aria-selected') !== 'true');
  const nameOf = (element) =>
    (element.tagName.toLowerCase() + ' ' + (element.getAttribute('aria-label') ?? element.textContent ?? '').trim()).slice(0, 60);
  document.activeElement?.blur();
  getSelection()?.setPosition(document.body, 0);
  const stops = new Map(
    [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex]')].filter(isStop).map((each) => [each, sight(each)]),
  );
  const seen = new Set();
  const dull = new Set();
  globalThis.rollcallStops = {
    look: () => {
      const now = document.activeElement;
      if (seen.has(now) && now === [...seen][0]) return 'round';
      if (now === document.body || now.hasAttribute('data-tabster-dummy')) return 'between';
      if (stops.get(now) === sight(now)) dull.add(now);
      seen.add(now);
      return 'on';
    },
    faults: () => [
      ...[...stops.keys()].filter((each) => each.isConnected && !seen.has(each)).map((each) => 'Tab does not stop at ' + nameOf(each)),
      ...[...dull].map((each) => 'the focus is not seen on ' + nameOf(each)),
    ],
  };
}`;
