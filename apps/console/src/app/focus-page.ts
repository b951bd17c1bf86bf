/** Where Tab goes on from when the control that had the focus is no more: the beginning of the page, past the list of pages. */
export function focusPage(): void {
  document.getElementById('main')?.focus({ preventScroll: true });
}
