/* global localStorage -- what is evaluated runs in the page */
/** The tour at each of its steps. What was done is known to the browser alone. */
export const takeTour =
  ({ address }) =>
  async ({ page, shoot }) => {
    const steps = ['add', 'why', 'empty', 'release', 'putBack', 'pause', 'review', 'notice', 'undo', 'resume', 'connect'];
    await page.goto(address);
    for (const [index, step] of [...steps, 'done'].entries()) {
      await page.evaluate(
        (done) => localStorage.setItem('rollcall.tour', JSON.stringify({ done, isClosed: false })),
        steps.slice(0, index),
      );
      await page.reload();
      await page.getByRole('heading', { name: 'The first five minutes' }).waitFor();
      await shoot(`tour-${String(index + 1).padStart(2, '0')}-${step}`);
    }
  };
