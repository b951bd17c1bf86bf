import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepPicturesOfFailures, openDemoConsole, type ConsoleBrowser, type DemoConsole } from '#test/console-browser';
import { eventually } from '#test/eventually';
import type { AccountRow, Listing } from '#test/rollcall-api';
import type { RollcallSystem } from '#test/rollcall-system';
import type { TenantControl } from '#test/tenant-control';

let demo: DemoConsole;
let system: RollcallSystem;
let control: TenantControl;
let console: ConsoleBrowser;

beforeAll(async () => {
  demo = await openDemoConsole();
  ({ system, control, console } = demo);
  await eventually(async () => expect(await accounts()).toHaveLength(25), { deadlineMs: 60_000 });
});
afterAll(() => demo.stop());
keepPicturesOfFailures(() => console.page);

const accounts = async (query = '') => (await system.api.get<Listing<AccountRow>>(`/accounts?limit=1000${query}`)).items;
const namesOf = async (query: string) => (await accounts(query)).map(({ displayName }) => displayName).toSorted();

/** Asks for a full sync with review on the page of runs, and opens its plan. */
const openPlan = async () => {
  const { page } = console;
  await console.open('/sync-runs');
  await page.getByRole('button', { name: 'Trigger Full Sync' }).click();
  await page.getByRole('menuitem', { name: /show me the plan first/ }).click();
  await page.getByRole('link', { name: 'Review the plan' }).click();
  await page.getByRole('table', { name: 'Plan' }).waitFor();
};
const approve = async () => {
  const { page } = console;
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Completed', { exact: true }).waitFor({ timeout: 60_000 });
};

describe('the guard, on the page of held changes', () => {
  it('holds everybody when the group is emptied, and deactivates nobody', async () => {
    const { page } = console;
    await console.open('/held-changes');
    await page.getByRole('heading', { name: 'Nothing is held.' }).waitFor();
    const members = await control.memberIds(system.groupId, 100);
    await control.emptyGroup(system.groupId);
    await page.getByText('25 held changes', { exact: true }).waitFor();
    expect(await accounts('&status=deactivated')).toEqual([]);

    const boxes = page.getByRole('table', { name: 'Held changes' }).getByRole('row').getByRole('checkbox');
    await boxes.nth(1).check();
    await boxes.nth(2).check();
    await page.getByRole('button', { name: 'Release 2 changes' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Release 2 held changes' }).click();
    await page.getByText('23 held changes', { exact: true }).waitFor();
    await eventually(async () => expect(await accounts('&status=deactivated')).toHaveLength(2));

    await control.addMembers(system.groupId, members);
    await page.getByRole('heading', { name: 'Nothing is held.' }).waitFor({ timeout: 60_000 });
    await eventually(async () => expect(await accounts('&status=deactivated')).toEqual([]), { deadlineMs: 60_000 });
  });
});

describe('a plan, on its page', () => {
  it('is decided by row and by field, and only the rest happens', async () => {
    const { page } = console;
    await system.api.post(`/connections/${system.connectionId}/pause`);
    await control.addPerson('Row Out', system.groupId);
    await control.addPerson('Row In', system.groupId);
    const [first] = await accounts();
    const { displayName: nameBefore, entraObjectId } = first!;
    await system.tenant.updateUser(entraObjectId, { displayName: 'Renamed There', mail: 'moved.there@contoso.example' });
    await openPlan();

    await page.getByRole('searchbox', { name: 'Person or value' }).fill('Row Out');
    await page
      .getByRole('row', { name: /Row In/ })
      .first()
      .waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Take them out' }).click();
    await page
      .getByRole('switch', { name: /Row Out/, checked: false })
      .first()
      .waitFor();
    await page.getByRole('searchbox', { name: 'Person or value' }).fill('');

    await page.getByRole('combobox', { name: 'Field' }).selectOption('email');
    const mail = page.getByRole('checkbox', { name: /email: .* → moved\.there/ });
    await mail.click();
    await page.getByRole('checkbox', { name: /email: .* → moved\.there/, checked: false }).waitFor();
    await approve();

    await eventually(async () => expect(await namesOf('&q=Row ')).toEqual(['Row In']));
    const [moved] = await accounts(`&q=${encodeURIComponent('Renamed There')}`);
    expect(moved).toMatchObject({ entraObjectId, email: first!.email });
    expect(nameBefore).not.toBe('Renamed There');
  });

  it('is taken back by an undo that is looked at first', async () => {
    const { page } = console;
    await page.getByRole('link', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Preview the undo' }).click();
    await page.getByRole('link', { name: 'Review the plan' }).click();
    await page
      .getByRole('row', { name: /Row In/ })
      .first()
      .waitFor();
    await approve();
    await eventually(async () => expect(await accounts('&q=Row%20In')).toMatchObject([{ status: 'deactivated' }]));
    expect(await accounts(`&q=${encodeURIComponent('Renamed There')}`)).toEqual([]);
  });

  it('tells the second of two approvers who was first', async () => {
    const { page } = console;
    await openPlan();
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByRole('alertdialog').waitFor();
    const { pathname } = new URL(page.url());
    const runPath = pathname.replace(/\/plan$/, '');
    const { planHash } = await system.api.get<{ planHash: string }>(runPath);
    await system.api.post(`${runPath}/approve`, { planHash });
    await page.getByText('This plan was approved by API token; it cannot be changed any more.').waitFor();
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
  });
});

describe('a form', () => {
  it('keeps what was typed when the session ends in it', async () => {
    const { page, context } = console;
    await console.open(`/connections/${system.connectionId}/settings`);
    await page.getByRole('spinbutton', { name: 'Guard: most removals', exact: true }).fill('55');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Your session has ended' });
    await dialog.getByLabel('API token').fill(system.api.token);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. The settings hold from now on.').first().waitFor();
    const { settings } = await system.api.get<{ settings: { guard: { maxRemovals: number } } }>(
      `/connections/${system.connectionId}`,
    );
    expect(settings.guard.maxRemovals).toBe(55);
  });

  it('warns whoever leaves it with changes that are not saved', async () => {
    const { page } = console;
    await console.open(`/connections/${system.connectionId}/settings?tab=filters`);
    await page.getByRole('switch', { name: 'Take guests' }).check();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('alertdialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click();
    await page.getByText('There are changes that are not saved.').waitFor();
    await page.getByRole('button', { name: 'Discard changes' }).click();
  });
});

describe('live updates', () => {
  beforeAll(async () => {
    await system.api.post(`/connections/${system.connectionId}/enable`);
  });

  it('say that they are broken while the server is away, and resume where they broke', async () => {
    const { page } = console;
    await console.open('/');
    await page.getByRole('status', { name: 'Live updates: Live' }).waitFor();
    await system.processes.get('standalone')!.stop();
    await page.getByText(/Live updates are broken since/).waitFor();
    await system.restart('standalone');
    await page.getByRole('status', { name: 'Live updates: Live' }).waitFor({ timeout: 60_000 });
    await control.addPerson('After Restart', system.groupId);
    await page.getByRole('list', { name: 'Latest changes' }).getByText('After Restart').first().waitFor({ timeout: 60_000 });
  });
});
