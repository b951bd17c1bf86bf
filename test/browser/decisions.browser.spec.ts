import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepPicturesOfFailures, openDemoConsole, type ConsoleBrowser, type DemoConsole } from '#test/console-browser';
import { eventually } from '#test/eventually';
import { keyboard, type Hands } from '#test/hands';
import type { AccountRow, Listing } from '#test/rollcall-api';
import type { RollcallSystem } from '#test/rollcall-system';
import type { TenantControl } from '#test/tenant-control';

let demo: DemoConsole;
let system: RollcallSystem;
let control: TenantControl;
let console: ConsoleBrowser;
let hands: Hands;

beforeAll(async () => {
  demo = await openDemoConsole();
  ({ system, control, console } = demo);
  hands = keyboard(console.page);
  await eventually(async () => expect(await accounts()).toHaveLength(25), { deadlineMs: 60_000 });
});
afterAll(() => demo.stop());
keepPicturesOfFailures(() => console.page);

const accounts = async (query = '') => (await system.api.get<Listing<AccountRow>>(`/accounts?limit=1000${query}`)).items;
const namesOf = async (query: string) => (await accounts(query)).map(({ displayName }) => displayName).toSorted();

const button = (name: string) => console.page.getByRole('button', { name, exact: true });
const rowOf = (name: RegExp) => console.page.getByRole('row', { name }).first();

/** What stands beside a name among the facts of a page. */
const fact = (name: string) => console.page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]');

/** Asks for a full sync with review on the page of runs, and opens its plan. */
const openPlan = async () => {
  const { page } = console;
  await console.open('/sync-runs');
  await hands.pick(button('Trigger Full Sync'), page.getByRole('menuitem', { name: /show me the plan first/ }));
  await reviewPlan();
};
const reviewPlan = async () => {
  const { page } = console;
  await hands.press(page.getByRole('link', { name: 'Review the plan' }));
  await page.getByRole('table', { name: 'Plan' }).waitFor();
};
const approve = async () => {
  const { page } = console;
  await hands.press(button('Approve'));
  await hands.press(page.getByRole('alertdialog').getByRole('button', { name: 'Approve' }));
  await page.getByText('Completed', { exact: true }).waitFor({ timeout: 60_000 });
};

describe('the guard, on the page of held changes, by keyboard alone', () => {
  it('holds everybody when the group is emptied, and deactivates nobody', async () => {
    const { page } = console;
    await console.open('/held-changes');
    await page.getByRole('heading', { name: 'Nothing is held.' }).waitFor();
    const members = await control.memberIds(system.groupId, 100);
    await control.emptyGroup(system.groupId);
    await page.getByText('25 held changes', { exact: true }).waitFor();
    expect(await accounts('&status=deactivated')).toEqual([]);

    const boxes = page.getByRole('table', { name: 'Held changes' }).getByRole('row').getByRole('checkbox');
    await hands.toggle(boxes.nth(1));
    await hands.toggle(boxes.nth(2));
    const dialog = page.getByRole('alertdialog');
    await hands.press(button('Release 2 changes'));
    await dialog.waitFor();
    await hands.escape();
    await dialog.waitFor({ state: 'hidden' });
    await hands.press(button('Release 2 changes'));
    await hands.press(dialog.getByRole('button', { name: 'Release 2 held changes' }));
    await page.getByText('23 held changes', { exact: true }).waitFor();
    await eventually(async () => expect(await accounts('&status=deactivated')).toHaveLength(2));

    const kept = (
      await page.getByRole('table', { name: 'Held changes' }).getByRole('row').nth(1).getByRole('link').innerText()
    ).trim();
    await hands.toggle(page.getByRole('checkbox', { name: `Select ${kept}` }));
    await hands.press(button('Reject 1 change'));
    await hands.press(page.getByRole('dialog').getByRole('button', { name: 'Reject 1 held change' }));
    await page.getByText('22 held changes', { exact: true }).waitFor();
    await page.getByRole('table', { name: 'Pins' }).getByRole('row', { name: kept }).getByText('rejected').waitFor();

    await control.addMembers(system.groupId, members);
    await page.getByRole('heading', { name: 'Nothing is held.' }).waitFor({ timeout: 60_000 });
    await eventually(async () => expect(await accounts('&status=deactivated')).toEqual([]), { deadlineMs: 60_000 });
  });
});

describe('a plan, on its page, by keyboard alone', () => {
  it('is decided by row and by field, and only the rest happens', async () => {
    const { page } = console;
    await system.api.post(`/connections/${system.connectionId}/pause`);
    await control.addPerson('Row Out', system.groupId);
    await control.addPerson('Row In', system.groupId);
    const [first] = await accounts();
    const { displayName: nameBefore, entraObjectId } = first!;
    await system.tenant.updateUser(entraObjectId, { displayName: 'Renamed There', mail: 'moved.there@contoso.example' });
    await openPlan();

    const search = page.getByRole('searchbox', { name: 'Person or value' });
    await hands.fill(search, 'Row Out');
    await rowOf(/Row In/).waitFor({ state: 'hidden' });
    await hands.press(button('Take them out'));
    await page
      .getByRole('switch', { name: /Row Out/, checked: false })
      .first()
      .waitFor();
    await hands.fill(search, '');
    await rowOf(/Row In/).waitFor();

    await hands.select(page.getByRole('combobox', { name: 'Field' }), 'mail');
    await page.getByText('3 lines', { exact: true }).waitFor();
    await hands.toggle(page.getByRole('checkbox', { name: /mail address: .* → moved\.there/ }));
    await page.getByRole('checkbox', { name: /mail address: .* → moved\.there/, checked: false }).waitFor();
    await approve();

    await eventually(async () => expect(await namesOf('&q=Row ')).toEqual(['Row In']));
    const [moved] = await accounts(`&q=${encodeURIComponent('Renamed There')}`);
    expect(moved).toMatchObject({ entraObjectId, email: first!.email });
    expect(nameBefore).not.toBe('Renamed There');
  });

  it('is taken back by an undo that is looked at first', async () => {
    const { page } = console;
    await hands.press(page.getByRole('link', { name: 'Undo' }));
    await hands.press(button('Preview the undo'));
    await reviewPlan();
    await rowOf(/Row In/).waitFor();
    await approve();
    await eventually(async () => expect(await accounts('&q=Row%20In')).toMatchObject([{ status: 'deactivated' }]));
    expect(await accounts(`&q=${encodeURIComponent('Renamed There')}`)).toEqual([]);
    await hands.press(page.getByRole('link', { name: 'an earlier run' }));
    await page.getByRole('link', { name: 'a later run' }).waitFor();
    expect(await fact('Undone by').innerText()).toBe(`${await fact('Requested by').innerText()}, in a later run`);
  });

  it('is cancelled on the page of its run, which says by whom', async () => {
    const { page } = console;
    await openPlan();
    await hands.press(page.getByRole('link', { name: 'Back to the run' }));
    await hands.press(button('Cancel the run'));
    await hands.press(page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }));
    await page.getByText('Cancelled', { exact: true }).waitFor();
    expect(await fact('Cancelled by').innerText()).toBe(await fact('Requested by').innerText());
  });

  it('tells the second of two approvers who was first', async () => {
    const { page } = console;
    await openPlan();
    await hands.press(button('Approve'));
    await page.getByRole('alertdialog').waitFor();
    const { pathname } = new URL(page.url());
    const runPath = pathname.replace(/\/plan$/, '');
    const { planHash } = await system.api.get<{ planHash: string }>(runPath);
    await system.api.post(`${runPath}/approve`, { planHash });
    await page.getByText('This plan was approved by API token; it cannot be changed any more.').waitFor();
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
    await hands.press(page.getByRole('link', { name: 'Back to the run' }));
  });
});

describe('what was decided against the directory, by keyboard alone', () => {
  beforeAll(async () => {
    await system.api.post(`/connections/${system.connectionId}/enable`);
  });

  it('is listed as a pin, and holds no more once the pin is lifted', async () => {
    const { page } = console;
    await console.open('/held-changes');
    const lift = page.getByRole('button', { name: 'Lift the pin of Row In' });
    await rowOf(/Row In.*kept out Rollcall Users.*an undo took it back/).waitFor();
    await rowOf(/display name kept, not “Renamed There”/).waitFor();
    while ((await lift.count()) > 0) {
      const pins = await lift.count();
      await hands.press(lift.first());
      await hands.press(page.getByRole('dialog').getByRole('button', { name: 'Lift the pin' }));
      await eventually(async () => expect(await lift.count()).toBeLessThan(pins));
    }
    await eventually(async () => expect(await accounts('&q=Row%20In')).toMatchObject([{ status: 'inactive' }]));
  });

  it('may be all that sync did in a span of time, with a plan that is looked at first', async () => {
    const { page } = console;
    await delay(1_000);
    const begin = new Date();
    await delay(1_000);
    await control.addPerson('Span In', system.groupId);
    await eventually(async () => expect(await accounts('&q=Span%20In')).toHaveLength(1), { deadlineMs: 60_000 });

    await console.open('/sync-runs');
    await hands.press(page.getByRole('link', { name: 'Undo a span of time' }));
    await hands.type(page.getByLabel('From'), typed(begin));
    await hands.press(button('Preview the undo'));
    await reviewPlan();
    await rowOf(/Span In/).waitFor();
    expect(await rowOf(/Row In/).count()).toBe(0);
    await approve();
    await eventually(async () => {
      expect(await accounts('&q=Span%20In')).toMatchObject([{ status: 'deactivated' }]);
      expect(await accounts('&q=Row%20In')).toMatchObject([{ status: 'inactive' }]);
    });
  });
});

/** An instant as it is typed into a field of a browser that speaks en-US; after the year the field waits for a further digit. */
function typed(instant: Date): string[] {
  const inLondon = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { timeZone: 'Europe/London', ...options }).format(instant).replaceAll(/[^\dAPM]/g, '');
  return [
    inLondon({ month: '2-digit', day: '2-digit', year: 'numeric' }),
    inLondon({ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: true }),
  ];
}

describe('a form, by keyboard alone', () => {
  it('keeps what was typed when the session ends in it', async () => {
    const { page, context } = console;
    await console.open(`/connections/${system.connectionId}/settings`);
    await hands.fill(page.getByRole('spinbutton', { name: 'Guard: most removals', exact: true }), '55');
    await context.clearCookies();
    await hands.press(button('Save'));
    const dialog = page.getByRole('alertdialog', { name: 'Your session has ended' });
    await hands.fill(dialog.getByLabel('API token'), system.api.token);
    await hands.press(dialog.getByRole('button', { name: 'Sign in' }));
    await dialog.waitFor({ state: 'hidden' });
    await hands.press(button('Save'));
    await page.getByText('Saved. The settings hold from now on.').first().waitFor();
    const { settings } = await system.api.get<{ settings: { guard: { maxRemovals: number } } }>(
      `/connections/${system.connectionId}`,
    );
    expect(settings.guard.maxRemovals).toBe(55);
  });

  it('warns whoever leaves it with changes that are not saved', async () => {
    const { page } = console;
    await console.open(`/connections/${system.connectionId}/settings?tab=filters`);
    await hands.toggle(page.getByRole('switch', { name: 'Take guests' }));
    await hands.press(page.getByRole('link', { name: 'Overview' }));
    await hands.press(page.getByRole('alertdialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }));
    await page.getByText('There are changes that are not saved.').waitFor();
    await hands.press(button('Discard changes'));
  });
});

describe('live updates', () => {
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
