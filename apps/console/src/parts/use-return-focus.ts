import { useEffect, useLayoutEffect, useRef } from 'react';
import { focusPage } from '../app/focus-page.js';

/**
 * For a dialog that a page opens by itself, not by a trigger of its own: the focus goes back to the control that had it before. Where
 * that has gone meanwhile (the row was decided, the button said something else), it goes to the page.
 */
export function useReturnFocus(): void {
  const opener = useRef<HTMLElement | null>(null);
  // Before the dialog takes the focus, which it does in an effect.
  useLayoutEffect(() => {
    opener.current = openerOf(document.activeElement);
  }, []);
  // After the dialog has left the page.
  useEffect(() => {
    return () => {
      opener.current?.focus();
      if (opener.current === null || opener.current !== document.activeElement) focusPage();
    };
  }, []);
}

/** An entry of a menu leaves with its menu: the control is then the one that opened the menu. */
function openerOf(focused: Element | null): HTMLElement | null {
  const menuButton = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = menuButton == null ? focused : document.getElementById(menuButton);
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}
