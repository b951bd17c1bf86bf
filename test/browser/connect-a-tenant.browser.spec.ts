import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepPicturesOfFailures, openConsole, type ConsoleBrowser } from '#test/console-browser';
import { eventually } from '#test/eventually';
import { keyboard, type Hands } from '#test/hands';
import type { AccountRow, ConnectionRow, Listing } from '#test/rollcall-api';
import { startStandaloneOnTenant, type StandaloneOnTenant } from '#test/standalone-on-tenant';
import type { TenantApp } from '#test/tenant-control';

/** More people than any page of a list shows. */
const MANY = 5_000;
const NEEDED = ['Group.Read.All', 'User.Read.All'];

let product: StandaloneOnTenant;
let console: ConsoleBrowser;
let hands: Hands;
let app: TenantApp;
let bigGroupId: string;

beforeAll(async () => {
  product = await startStandaloneOnTenant();
  const { control } = product;
  app = await control.createApp('Rollcall', []);
  bigGroupId = (await control.bulk(MANY, 'Everybody')).groupId;
  await control.createGroup('Twins');
  await control.createGroup('Twins');
  await control.addMembers(await control.createGroup('Nest'), [bigGroupId]);
  await control.createGroup('Nobody yet');
  console = await openConsole({ address: product.api.address, process: () => product.standalone() });
  hands = keyboard(console.page);
});
afterAll(async () => {
  await console.close();
  await product.stop();
});
keepPicturesOfFailures(() => console.page);

const button = (name: string | RegExp) => console.page.getByRole('button', { name, exact: true });
const field = (name: string) => console.page.getByRole('textbox', { name });
const says = (text: string | RegExp) => console.page.getByText(text).first().waitFor();
const next = async (title: string) => {
  await hands.press(button('Next'));
  await console.page.getByRole('heading', { name: title, level: 2 }).waitFor();
};
/** Next does not lead on, and says why to whoever hears the page too; nor do the list of steps and the address. */
const isStopped = async (reason: string | RegExp, later: string) => {
  const { page } = console;
  await page.getByRole('button', { name: 'Next', disabled: true }).waitFor();
  await eventually(async () => {
    const description = await button('Next').getAttribute('aria-describedby');
    expect(await page.locator(`[id="${description}"]`).innerText()).toMatch(reason);
  });
  const list = page.getByRole('list', { name: 'Steps' });
  const shown = await list.locator('[aria-current="step"]').innerText();
  await hands.press(button('Next'));
  expect(await list.locator('[aria-current="step"]').innerText()).toBe(shown);
  expect(await list.getByRole('button', { name: later }).isEnabled()).toBe(false);
};

describe('the wizard, by keyboard alone', () => {
  it('begins on an empty console, with the steps as text for a colleague', async () => {
    const { page } = console;
    await page.getByRole('heading', { name: 'No tenant is connected yet.' }).waitFor();
    await hands.press(page.getByRole('link', { name: 'Connect a tenant' }));
    await button('Copy these steps').waitFor();
    await next('Register the application');
  });

  it('names ids that are none, unknown, pasted twice, or swapped; and takes a domain', async () => {
    const { tenantId } = product.facts;
    const client = field('Application (client) ID');
    const tenant = field('Directory (tenant) ID');
    await hands.fill(client, 'rollcall');
    await says(/The Application \(client\) ID looks like/);
    await hands.fill(tenant, '11111111-2222-4333-8444-555555555555');
    await hands.fill(client, '11111111-2222-4333-8444-555555555555');
    await says('Both ids are the same.');
    await hands.fill(client, app.clientId);
    await says('Entra knows no tenant by this id or domain.');
    await isStopped('must name a tenant first', 'Client secret');

    await hands.fill(client, tenantId);
    await hands.fill(tenant, app.clientId);
    await says('The two ids are swapped');
    await hands.press(button('Swap them'));
    await says(`Entra knows this tenant: ${tenantId}.`);
    expect([await client.inputValue(), await tenant.inputValue()]).toEqual([app.clientId, tenantId]);

    await hands.fill(tenant, 'contoso.example');
    await says(`Entra knows this tenant: ${tenantId}.`);
    await next('Client secret');
  });

  it('refuses the Secret ID before any request, names a wrong and an expired secret, and ticks one that works', async () => {
    const { control } = product;
    const secret = console.page.getByLabel('Client secret (Value)');
    await hands.fill(secret, app.secret.id);
    await says('This is the Secret ID, not the Value.');
    expect(await button('Try it').isEnabled()).toBe(false);
    await hands.fill(secret, `${app.secret.value}x`);
    await hands.press(button('Try it'));
    await says('SECRET_INVALID');
    await isStopped('Entra gives no token', 'Permissions');

    await control.expireSecrets(app.clientId);
    await hands.fill(secret, app.secret.value);
    await hands.press(button('Try it'));
    await says('SECRET_EXPIRED');
    await isStopped('Entra gives no token', 'Permissions');

    app = { ...app, secret: await control.addSecret(app.clientId) };
    await hands.fill(secret, app.secret.value);
    await hands.press(button('Try it'));
    await says('Entra issued a token.');
    expect(await button('Next').isEnabled()).toBe(true);
  });

  it('leads back to a secret that turns out wrong on the way, and locks nobody in while Entra does not answer', async () => {
    const { page } = console;
    const { control } = product;
    const secret = page.getByLabel('Client secret (Value)');
    const wrong = `${app.secret.value.slice(1)}x`;
    await control.setFault({ kind: 'serverError', scope: { path: '/token$' } });
    await hands.fill(secret, wrong);
    await says('GRAPH_UNAVAILABLE');
    await next('Permissions');
    await control.clearFaults();
    await page.getByRole('heading', { name: 'Client secret', level: 2 }).waitFor();
    await says('SECRET_INVALID');
    await isStopped('Entra gives no token', 'Permissions');
    expect(new URL(page.url()).search).toBe('?step=secret');
    await hands.fill(secret, app.secret.value);
    await says('Entra issued a token.');
    await page.getByRole('heading', { name: 'Client secret', level: 2 }).waitFor();
  });

  it('keeps what was typed over a reload, except the secret', async () => {
    const { page } = console;
    await page.reload();
    await page.getByRole('heading', { name: 'Client secret', level: 2 }).waitFor();
    const secret = page.getByLabel('Client secret (Value)');
    expect(await secret.inputValue()).toBe('');
    await hands.fill(secret, app.secret.value);
    await next('Permissions');
  });

  it('shows each permission that is missing, and looks again until the consent has come', async () => {
    const { page } = console;
    const { control } = product;
    const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
    await row('User.Read.All').getByText('missing').waitFor();
    await isStopped('A permission is missing', 'Groups');
    await hands.press(button('Go on without it'));
    await page.getByRole('heading', { name: 'Groups', level: 2 }).waitFor();
    await hands.press(button('Back'));
    await control.consent(app.clientId, ['GroupMember.Read.All', 'User.Read.All']);
    await row('User.Read.All').getByText('granted').waitFor();
    await row('Group.Read.All').getByText('less than needed').waitFor();
    await says('changes take minutes, not seconds');
    await control.consent(app.clientId, [...NEEDED, 'Directory.Read.All']);
    await says('The application may do more than Rollcall needs: Directory.Read.All.');
    await says('Both permissions work.');
    await next('Groups');
  });

  it('names groups that are unknown, ambiguous, empty or nested, and finds one by search', async () => {
    const { page } = console;
    const chips = page.getByRole('list', { name: 'Chosen groups' });
    const add = async (text: string) => {
      await hands.fill(page.getByRole('textbox', { name: 'Object ids or exact names' }), text);
      await hands.press(button('Add'));
    };
    const drop = (name: string) => hands.press(page.getByRole('button', { name: `Take ${name} out` }));
    await add('No such group, Twins, Nest, Nobody yet');
    await says('GROUP_NOT_FOUND');
    await says('GROUP_NAME_AMBIGUOUS');
    await says('GROUP_EMPTY');
    await says('GROUP_CONTAINS_GROUPS');
    await isStopped('Entra does not know each of these groups', 'Preview');
    await chips.getByText(/^Nest · .*a name, not an id/).waitFor();
    await page
      .getByRole('button', { name: /^Take Twins / })
      .first()
      .waitFor();
    for (const name of ['No such group', 'Twins', 'Nest', 'Nobody yet']) await drop(name);
    await isStopped('Choose a group, or everybody', 'Preview');

    await hands.fill(page.getByRole('searchbox', { name: 'Or search by name' }), 'every');
    await hands.press(page.getByRole('button', { name: 'Take Everybody', exact: true }));
    await chips.getByText(/^Everybody · security/).waitFor();
    await next('Preview');
  });

  it('previews who would come, and stores nothing', async () => {
    await hands.press(button('Refresh preview'));
    await console.page.getByRole('heading', { name: /^Would come: 5,000 people/ }).waitFor({ timeout: 60_000 });
    expect((await product.api.get<Listing<ConnectionRow>>('/connections')).items).toEqual([]);
    await next('Save');
  });

  it('saves switched on, and shows the connection with its people', async () => {
    const { page } = console;
    await hands.fill(field('Name of the integration'), 'Contoso');
    const enable = page.getByRole('checkbox', { name: /Enable integration/ });
    expect(await enable.isChecked()).toBe(false);
    await hands.toggle(enable);
    await hands.press(button('Save integration'));
    await page.getByRole('heading', { name: 'Contoso', level: 1 }).waitFor();
    await says('Microsoft Entra ID is connected to Rollcall.');
    await eventually(
      async () => {
        const { health } = await connectionNow();
        expect(health.people.inactive).toBe(MANY);
      },
      { deadlineMs: 90_000, everyMs: 500 },
    );
  });

  it('refuses the same tenant and application a second time, and leads to the one that exists', async () => {
    const { page } = console;
    await console.open('/connections/new?step=application');
    await hands.fill(field('Application (client) ID'), app.clientId);
    await hands.fill(field('Directory (tenant) ID'), product.facts.tenantId);
    await says('Entra knows this tenant');
    await next('Client secret');
    await hands.fill(page.getByLabel('Client secret (Value)'), app.secret.value);
    await next('Permissions');
    await next('Groups');
    await hands.fill(page.getByRole('textbox', { name: 'Object ids or exact names' }), bigGroupId);
    await hands.press(button('Add'));
    await next('Preview');
    await next('Save');
    await hands.fill(field('Name of the integration'), 'Contoso again');
    await hands.press(button('Save integration'));
    await says('CONNECTION_EXISTS');
    await hands.press(page.getByRole('link', { name: 'Open the existing connection' }));
    await page.getByRole('heading', { name: 'Contoso', level: 1 }).waitFor();
  });
});

describe('5,000 people, by keyboard alone', () => {
  it('are activated across the pages of the list, the number first', async () => {
    const { page } = console;
    await console.open('/people?status=inactive');
    await hands.press(button('Select everybody in this list, on all pages'));
    await page.getByText('5,000 people selected.').waitFor();
    await hands.press(button('Activate 5,000 people'));
    await hands.press(page.getByRole('dialog').getByRole('button', { name: 'Activate 5,000 people' }));
    await page.getByText('5,000 people activated.').first().waitFor({ timeout: 60_000 });
    const { health } = await connectionNow();
    expect(health.people).toMatchObject({ active: MANY, inactive: 0 });
  });

  it('are set inactive again by the undo, the number first, and activated once more', async () => {
    const { page } = console;
    await hands.press(button('Undo the activation'));
    await page.getByRole('heading', { name: 'Set 5,000 people inactive again?' }).waitFor();
    await hands.press(page.getByRole('dialog').getByRole('button', { name: 'Undo the activation' }));
    await page.getByText('5,000 people set inactive again.').first().waitFor({ timeout: 60_000 });
    expect((await connectionNow()).health.people).toMatchObject({ active: 0, inactive: MANY });
    expect(await button('Undo the activation').count()).toBe(0);
    await hands.press(button('Select everybody in this list, on all pages'));
    await hands.press(button('Activate 5,000 people'));
    await hands.press(page.getByRole('dialog').getByRole('button', { name: 'Activate 5,000 people' }));
    await page.getByText('5,000 people activated.').first().waitFor({ timeout: 60_000 });
  });
});

describe('an export, by keyboard alone', () => {
  const exported = async (path: string) => {
    const { page } = console;
    await console.open(path);
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 60_000 }),
      hands.pick(button('Export'), page.getByRole('menuitem', { name: 'CSV' })),
    ]);
    return (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  };

  it('holds all that the page is about, not only what is shown of it, and names for ids', async () => {
    const people = await exported('/people');
    expect(people[0]).toMatch(/^\uFEFFName,Mail,User principal name,Status,Roles,Protected,Connection,/);
    expect(people.slice(1)).toHaveLength(MANY);
    const runs = (await product.api.get<Listing<{ id: string; reason: string }>>('/sync-runs')).items;
    const plan = await exported(`/sync-runs/${runs.find(({ reason }) => reason === 'BASELINE')!.id}/plan`);
    expect(plan.slice(1), 'an account and a membership each').toHaveLength(2 * MANY);
    expect(plan.filter((line) => line.includes(',Join,Everybody,'))).toHaveLength(MANY);
  });
});

describe('a connection, on its page, by keyboard alone', () => {
  const choose = async (action: string) => {
    const { page } = console;
    await console.open(`/connections/${(await connectionNow()).id}`);
    await hands.pick(button('More actions'), page.getByRole('menuitem', { name: action }));
  };

  it('gets a new secret only once it has proved itself', async () => {
    const { page } = console;
    const { control } = product;
    const fresh = await control.addSecret(app.clientId);
    await choose('Rotate secret');
    const secret = page.getByLabel('New client secret (Value)');
    await hands.fill(secret, `${fresh.value}x`);
    await hands.press(button('Prove and replace'));
    await says('SECRET_INVALID');
    await hands.fill(secret, fresh.value);
    await hands.press(button('Prove and replace'));
    await says(/it has replaced the old one\./);
    await page.getByText('Now remove the old secret in Entra').waitFor({ timeout: 60_000 });
    const [verifying] = (await product.api.get<Listing<{ kind: string; state: string }>>('/sync-runs?limit=1')).items;
    expect(verifying).toMatchObject({ kind: 'full', state: 'completed' });
  });

  it('is paused and resumed', async () => {
    const { page } = console;
    const dialog = page.getByRole('dialog', { name: 'Pause Contoso?' });
    await choose('Pause');
    await dialog.waitFor();
    await hands.escape();
    await dialog.waitFor({ state: 'hidden' });
    expect((await connectionNow()).state).toBe('enabled');

    await hands.pick(button('More actions'), page.getByRole('menuitem', { name: 'Pause' }));
    await hands.press(dialog.getByRole('button', { name: 'Pause' }));
    await page.getByText('Contoso is paused.').first().waitFor();
    expect((await connectionNow()).state).toBe('paused');
    await hands.press(button('Resume'));
    await says('Microsoft Entra ID is connected to Rollcall.');
    expect((await connectionNow()).state).toBe('enabled');
  });

  it('is disconnected, and its people stay as they were told to', async () => {
    const { page } = console;
    await choose('Disconnect');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(/5,000 people keep their accounts/).waitFor();
    await hands.escape();
    await dialog.waitFor({ state: 'hidden' });
    await hands.pick(button('More actions'), page.getByRole('menuitem', { name: 'Disconnect' }));
    await hands.press(dialog.getByRole('button', { name: 'Disconnect' }));
    await page.getByText('Contoso is disconnected.').first().waitFor();
    expect((await connectionNow()).state).toBe('disconnected');
    const { items } = await product.api.get<Listing<AccountRow>>('/accounts?status=active&limit=1');
    expect(items).toHaveLength(1);
  });
});

async function connectionNow() {
  const { items } = await product.api.get<Listing<ConnectionRow>>('/connections');
  const [connection] = items;
  if (connection === undefined) throw new Error('there is no connection');
  const health = await product.api.get<{ people: { active: number; inactive: number } }>(`/connections/${connection.id}/health`);
  return { ...connection, health };
}
