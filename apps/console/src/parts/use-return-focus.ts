import { useEffect, useState } from 'react';
import { focusPage } from '../app/focus-page.js';

/**
 * For a dialog that a page opens by itself, not by a trigger of its own: the focus goes back to the control that had it before. Where
 * that has gone meanwhile (the row was decided, the button said something else), it goes to the page.
 */
export function useReturnFocus(): void {
  // Asked while it is rendered for the first time: a field of the dialog takes the focus as soon as it is there.
  const [opener] = useState(() => openerOf(document.activeElement));
  useEffect(() => {
    return () => {
      opener?.focus();
      if (opener === null || opener !== document.activeElement) focusPage();
    };
  }, [opener]);
}

/** An entry of a menu leaves with its menu: the control is then the one that opened the menu. */
function openerOf(focused: Element | null): HTMLElement | null {
  const menuButton = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = menuButton == null ? focused : document.getElementById(menuButton);
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}
