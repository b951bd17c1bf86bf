import { inHalfAYear, wizardOn } from './wizard.mjs';

const NEEDED = ['Group.Read.All', 'User.Read.All'];

/**
 * The wizard into a failure of each step, and out again. Each time with an application of its own; the connection that it saves
 * is handed to `afterwards`, and disconnected.
 */
export const connect =
  ({ address, facts, control, api }, afterwards) =>
  async (shown) => {
    const { page, shoot } = shown;
    const app = await control('POST', '/apps', { displayName: 'Rollcall', roles: [] });
    const [first] = app.secrets;
    const { button, field, secret, says, fillIds, add, next } = wizardOn(page);

    await page.goto(`${address}/connections/new?step=application`);
    await fillIds(facts.tenantId, app.clientId);
    await says('The two ids are swapped');
    await shoot('connect-2-application-swapped');
    await field('Application (client) ID').fill('rollcall');
    await shoot('connect-2-application-failing');
    await fillIds(app.clientId, facts.tenantId);
    await says('Entra knows this tenant');
    await shoot('connect-2-application-known');
    await next('Client secret');

    await shoot('connect-3-secret');
    await secret.fill(first.id);
    await says('This is the Secret ID, not the Value.');
    await shoot('connect-3-secret-id');
    await secret.fill(`${first.value}x`);
    await says('SECRET_INVALID');
    await shoot('connect-3-secret-failing');
    await secret.fill(first.value);
    await page.getByLabel('Ends on').fill(inHalfAYear());
    await says('Entra issued a token.');
    await shoot('connect-3-secret-works');
    await next('Permissions');

    await page.getByText('missing', { exact: true }).first().waitFor();
    await shoot('connect-4-permissions-missing');
    await control('POST', '/apps/consent', { clientId: app.clientId, roles: ['GroupMember.Read.All', 'User.Read.All'] });
    await says('changes take minutes, not seconds');
    await shoot('connect-4-permissions-less');
    await control('POST', '/apps/consent', { clientId: app.clientId, roles: NEEDED });
    await says('Both permissions work.');
    await shoot('connect-4-permissions-granted');
    await next('Groups');

    await shoot('connect-5-groups');
    await add('No such group, Twins, All Sales (nested), Nobody yet');
    await says('GROUP_NAME_AMBIGUOUS');
    await shoot('connect-5-groups-failing');
    await page.getByRole('radio', { name: 'Everybody in the tenant' }).check();
    await shoot('connect-5-groups-everybody');
    await page.getByRole('radio', { name: 'The people of some groups' }).check();
    for (const name of ['No such group', 'Twins', 'All Sales (nested)', 'Nobody yet']) {
      await page.getByRole('button', { name: `Take ${name} out` }).click();
    }
    await add('Everything Else');
    await page.getByRole('searchbox', { name: 'Or search by name' }).fill('roll');
    await page.getByRole('button', { name: 'Take Rollcall Users', exact: true }).click();
    await says(/^Rollcall Users · security · /);
    await shoot('connect-5-groups-chosen');
    await next('Preview');

    await shoot('connect-6-preview');
    const preview = async () => {
      await page.getByRole('button', { name: 'Refresh preview' }).click();
      await page.getByRole('heading', { name: /^Would come/ }).waitFor();
    };
    await preview();
    await shoot('connect-6-preview-read');
    await control('POST', '/apps/consent', { clientId: app.clientId, roles: ['User.Read.All'] });
    await page.getByRole('button', { name: 'Refresh preview' }).click();
    await says('CONSENT_MISSING');
    await shoot('connect-6-preview-failing');
    await control('POST', '/apps/consent', { clientId: app.clientId, roles: NEEDED });
    await preview();
    await next('Save');

    await field('Name of the integration').fill('Contoso');
    await page.getByRole('checkbox', { name: /Enable integration/ }).check();
    await shoot('connect-7-save');
    const { tenantId } = facts;
    const credential = { kind: 'clientSecret', clientId: app.clientId, clientSecret: first.value };
    const known = await api('POST', '/connections', { name: 'Known', tenantId, credential, scope: { mode: 'allUsers' } });
    await button('Save integration').click();
    await says('CONNECTION_EXISTS');
    await shoot('connect-7-save-failing');
    await api('DELETE', `/connections/${known.id}`);
    await button('Save integration').click();
    await page.getByRole('heading', { name: 'Contoso', level: 1 }).waitFor();
    await says(/Keeps [1-9]\d* people .*, live/);
    await shoot('connect-8-connected');

    const id = new URL(page.url()).pathname.split('/').at(-1);
    await afterwards({ ...shown, connection: { id, clientId: app.clientId } });
    await api('DELETE', `/connections/${id}`);
  };
