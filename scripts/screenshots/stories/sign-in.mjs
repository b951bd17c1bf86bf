/** Whoever signs in at the organisation and has no role; and whoever the link does not serve any more. */
export const signInWithoutRole =
  ({ address }) =>
  async ({ page, shoot }) => {
    await page.goto(address);
    await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
    await page.getByRole('link', { name: 'Nora Norole' }).click();
    await page.getByRole('heading', { name: 'You have no role in Rollcall yet' }).waitFor();
    await shoot('no-role-named');
  };

/** A session that ends while a form is filled. */
export const endSessionInForm =
  ({ address, connectionId }) =>
  async ({ page, context, shoot }) => {
    await page.goto(`${address}/connections/${connectionId}/settings`);
    await page.getByRole('spinbutton', { name: 'Guard: most removals', exact: true }).fill('55');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alertdialog', { name: 'Your session has ended' }).waitFor();
    await shoot('session-ended');
  };
