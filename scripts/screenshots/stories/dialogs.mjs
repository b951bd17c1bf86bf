/** Every question that the console asks before something happens, and what lies above a page. What is answered with yes is undone. */
export const openDialogs =
  ({ address, connectionId, plan }) =>
  async ({ page, shoot }) => {
    const button = (name) => page.getByRole('button', { name });
    const open = (path) => page.goto(`${address}${path}`);

    await open('/people');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('ControlOrMeta+K');
    const palette = page.getByRole('combobox', { name: 'Page, person, group or action' });
    await palette.waitFor();
    await shoot('palette');
    await palette.fill('an');
    await shoot('palette-results');
    await palette.fill('zzz');
    await shoot('palette-nothing');

    await open('/people?status=inactive');
    await button(/^Select everybody/).click();
    await button(/^Activate/).click();
    await shoot('people-activate');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Activate/ })
      .click();
    await button('Undo the activation').waitFor();
    await shoot('people-activated');
    await button('Undo the activation').click();
    await shoot('people-undo-activation');
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the activation' }).click();
    await button('Undo the activation').waitFor({ state: 'hidden' });

    await open('/held-changes');
    const boxes = page.getByRole('table', { name: 'Held changes' }).getByRole('checkbox');
    await boxes.nth(1).check();
    await boxes.nth(2).check();
    await button('Release 2 changes').click();
    await shoot('held-release');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await button('Reject 2 changes').click();
    await shoot('held-reject');
    await open('/held-changes');
    await button(/^Release all/).click();
    await shoot('held-release-all');
    await open('/held-changes');
    await button(/^Lift the pin/)
      .first()
      .click();
    await shoot('held-lift-pin');

    await open(`/sync-runs/${plan.id}/plan`);
    await button('Approve').click();
    await shoot('plan-approve');

    await open(`/connections/${connectionId}`);
    await button('More actions').click();
    await shoot('connection-menu');
    await page.getByRole('menuitem', { name: 'Remove the demo' }).click();
    await shoot('connection-remove-demo');

    await open('/sync-runs');
    await button('Trigger Full Sync').click();
    await shoot('full-sync-menu');

    await open('/activity');
    await button(/JSON/).first().click();
    await shoot('activity-event');
  };
