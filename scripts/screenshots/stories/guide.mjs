import { inHalfAYear, wizardOn } from './wizard.mjs';

/** A tenant is connected, as docs/admin-guide.md tells it; the names of the pictures are those that it shows. */
export const connectAsInGuide =
  ({ address, facts, control }) =>
  async ({ page, shoot }) => {
    const app = await control('POST', '/apps', { displayName: 'Rollcall', roles: ['Group.Read.All'] });
    const { button, field, secret, says, fillIds, add, next } = wizardOn(page);

    await page.goto(`${address}/connections/new?step=application`);
    await fillIds(app.clientId, facts.tenantId);
    await says('Entra knows this tenant');
    await shoot('wizard-application');
    await next('Client secret');
    await secret.fill(app.secrets[0].value);
    await page.getByLabel('Ends on').fill(inHalfAYear());
    await says('Entra issued a token.');
    await next('Permissions');

    await says('MEMBERS_UNREADABLE');
    await shoot('wizard-permissions');
    await control('POST', '/apps/consent', { clientId: app.clientId, roles: ['Group.Read.All', 'User.Read.All'] });
    await says('Both permissions work.');
    await next('Groups');

    await add(facts.groups.find(({ displayName }) => displayName === 'Field Sales').id);
    await page.getByRole('searchbox', { name: 'Or search by name' }).fill('roll');
    await page.getByRole('button', { name: 'Take Rollcall Users', exact: true }).click();
    await says(/^Rollcall Users · security · /);
    await shoot('wizard-groups');
    await next('Preview');
    await button('Refresh preview').click();
    await page.getByRole('heading', { name: /^Would come/ }).waitFor();
    await shoot('wizard-preview');
    await next('Save');

    await field('Name of the integration').fill('Contoso');
    await page.getByRole('checkbox', { name: /Enable integration/ }).check();
    await button('Save integration').click();
    await page.getByRole('heading', { name: 'Contoso', level: 1 }).waitFor();
    await says(/Keeps 35 people .*, live/);
    // What was said when it was saved has gone by then, and the subscriptions are there.
    await page.waitForTimeout(8_000);
    await page.reload();
    await shoot('connection');
  };
