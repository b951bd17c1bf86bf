/** What is done with a connection to a real tenant: pause, rotate, disconnect with both choices. */
export const workOnConnection =
  ({ address, control }) =>
  async ({ page, shoot, connection: { id, clientId } }) => {
    const button = (name) => page.getByRole('button', { name, exact: true });
    const choose = async (action) => {
      await page.goto(`${address}/connections/${id}`);
      await button('More actions').click();
      await page.getByRole('menuitem', { name: action }).click();
    };
    await choose('Pause');
    await shoot('connection-pause');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

    await choose('Disconnect');
    await shoot('connection-disconnect');
    await page.getByRole('alertdialog').getByRole('checkbox').check();
    await shoot('connection-disconnect-deactivate');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();

    const fresh = await control('POST', '/apps/rotate-secret', { clientId, keepOld: true });
    await choose('Rotate secret');
    const secret = page.getByLabel('New client secret (Value)');
    await secret.fill(`${fresh.value}x`);
    await button('Prove and replace').click();
    await page.getByText('SECRET_INVALID').waitFor();
    await shoot('rotate-failing');
    await secret.fill(fresh.value);
    await button('Prove and replace').click();
    await page.getByText('Now remove the old secret in Entra').waitFor({ timeout: 60_000 });
    await shoot('rotate-verified');

    await page.goto(`${address}/connections/${id}/settings?tab=filters`);
    await page.getByRole('radio', { name: 'Everybody in the tenant' }).check();
    await shoot('settings-everybody');
    await page.getByRole('link', { name: 'Back to the connection' }).click();
    await shoot('settings-leave');
    await page.getByRole('button', { name: 'Leave without saving' }).click();

    await page.goto(`${address}/connections/${id}`);
    await page.getByRole('button', { name: 'Run the self-test' }).click();
    await page.getByRole('button', { name: 'Run the self-test' }).waitFor();
    await shoot('connection-self-test');
  };
