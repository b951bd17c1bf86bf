import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepPicturesOfFailures, openDemoConsole, type ConsoleBrowser, type DemoConsole } from '#test/console-browser';
import { eventually } from '#test/eventually';
import { keyboard, type Hands } from '#test/hands';
import type { AccountRow, Listing } from '#test/rollcall-api';

let demo: DemoConsole;
let console: ConsoleBrowser;
let hands: Hands;

beforeAll(async () => {
  demo = await openDemoConsole();
  ({ console } = demo);
  hands = keyboard(console.page);
});
afterAll(() => demo.stop());
keepPicturesOfFailures(() => console.page);

const accounts = async (query: string) => (await demo.system.api.get<Listing<AccountRow>>(`/accounts?limit=1000${query}`)).items;
const step = (title: string) => console.page.locator('li', { has: console.page.getByText(title, { exact: true }) });
const ticked = (title: string) => step(title).getByLabel('Done').waitFor({ timeout: 30_000 });
const link = (name: string | RegExp) => console.page.getByRole('link', { name, exact: true });
const overview = () => hands.press(link('Overview'));

/** Presses a link of the tour that opens the simulated tenant, and works there, by keyboard too. */
const inTheTenant = async (name: string, work: (tenant: Page, there: Hands) => Promise<void>) => {
  const [tenant] = await Promise.all([console.context.waitForEvent('page'), hands.press(link(name))]);
  await work(tenant, keyboard(tenant));
  await tenant.close();
  await console.page.bringToFront();
};
const pressThere = (button: string, answer: RegExp) => async (tenant: Page, there: Hands) => {
  await there.press(tenant.getByRole('button', { name: button, exact: true }));
  await tenant.getByRole('status').getByText(answer).waitFor();
};

/** From the page of a run that waits: look at its plan, change it, approve it. */
const approve = async (change: () => Promise<void>) => {
  const { page } = console;
  await hands.press(link('Review the plan'));
  await page.getByRole('table', { name: 'Plan' }).waitFor();
  await change();
  await hands.press(page.getByRole('button', { name: 'Approve', exact: true }));
  await hands.press(page.getByRole('alertdialog').getByRole('button', { name: 'Approve', exact: true }));
  await page.getByText('Completed', { exact: true }).waitFor({ timeout: 60_000 });
};

describe('the first five minutes, from the printed link to the end of the tour, by keyboard alone', () => {
  it('opens with a sentence per connection, badged as simulated, and live', async () => {
    const { page } = console;
    await page.getByText(/Keeps 25 people of .* equal to Entra, live\./).waitFor();
    await page.getByText('Simulated', { exact: true }).first().waitFor();
    await page.getByRole('status', { name: 'Live updates: Live' }).waitFor();
    await page.getByRole('heading', { name: 'The first five minutes' }).waitFor();
  });

  it('shows a person who joins there without a reload, with the time that it took', async () => {
    const { page } = console;
    await inTheTenant('Open the simulated tenant', pressThere('Add person', /Added Grace Newcomer/));
    const row = page.getByRole('list', { name: 'Latest changes' }).getByRole('listitem').filter({ hasText: 'Grace Newcomer' });
    await row
      .filter({ hasText: /arrived .* after the notice/ })
      .first()
      .waitFor();
    await ticked('Add a person');
  });

  it('says why, from the notice to the row, and names the group', async () => {
    const { page } = console;
    await hands.press(page.getByRole('list', { name: 'Latest changes' }).getByRole('link', { name: 'Grace Newcomer' }).first());
    await page.getByRole('heading', { name: 'Grace Newcomer', level: 1 }).waitFor();
    for (const title of ['Read', 'Scope', 'Match', 'Decide', 'Apply'])
      await page.getByRole('heading', { name: title, level: 3, exact: true }).waitFor();
    const group = demo.system.tenant.facts.groups[0]!.displayName;
    await page.getByRole('listitem').filter({ hasText: 'Scope' }).getByRole('link', { name: group }).waitFor();
    await page
      .getByText(/notice from Entra →/)
      .first()
      .waitFor();

    await hands.press(page.getByRole('button', { name: 'Check again now' }));
    await page.getByRole('list', { name: 'Steps of the check' }).getByText('Nothing would change.').waitFor();
    await overview();
    await ticked('Ask why');
  });

  it('holds everybody when the group is emptied, releases two, and lets the rest dissolve', async () => {
    const { page } = console;
    await inTheTenant('the simulated tenant', pressThere('Empty the group', /Emptied/));
    await ticked('Empty the group');
    expect(await accounts('&status=deactivated')).toEqual([]);

    await hands.press(page.getByRole('main').getByRole('link', { name: 'Held changes' }));
    const boxes = page.getByRole('table', { name: 'Held changes' }).getByRole('row').getByRole('checkbox');
    await hands.toggle(boxes.nth(1));
    await hands.toggle(boxes.nth(2));
    await hands.press(page.getByRole('button', { name: 'Release 2 changes' }));
    await hands.press(page.getByRole('alertdialog').getByRole('button', { name: 'Release 2 held changes' }));
    await page.getByText('24 held changes', { exact: true }).waitFor();
    await overview();
    await ticked('Release two');
    await eventually(async () => expect(await accounts('&status=deactivated')).toHaveLength(2));

    await inTheTenant('the simulated tenant', pressThere('Put everyone back', /Everyone is back/));
    await ticked('Put everyone back');
    await eventually(async () => expect(await accounts('&status=deactivated')).toEqual([]), { deadlineMs: 60_000 });

    await hands.press(page.getByRole('main').getByRole('link', { name: 'Held changes' }));
    const ended = page.getByRole('table', { name: 'Not held any more' }).getByRole('row');
    const dissolved = ended.filter({ hasText: 'Dissolved: The directory took the change back by itself.' });
    await dissolved.nth(23).waitFor();
    await ended.filter({ hasText: 'Released by' }).nth(1).waitFor();
    await hands.press(dissolved.first().getByRole('link'));
    await page.getByRole('listitem').filter({ hasText: 'The directory took the change back by itself.' }).waitFor();
    await overview();
  });

  it('reviews a full sync of what changed while live sync was paused, and tells of it', async () => {
    const { page } = console;
    await hands.press(page.getByRole('button', { name: 'Pause, and change five people' }));
    await ticked('Pause live sync');
    await hands.press(page.getByRole('main').getByRole('link', { name: 'Full sync' }));
    await hands.pick(
      page.getByRole('button', { name: 'Trigger Full Sync' }),
      page.getByRole('menuitem', { name: /show me the plan first/ }),
    );
    await approve(async () => {
      await page
        .getByRole('row', { name: /\(renamed\)/ })
        .nth(1)
        .waitFor();
      await hands.toggle(page.getByRole('switch', { name: 'Apply: Create Nora Newcomer' }));
      await page.getByRole('switch', { name: 'Apply: Create Nora Newcomer', checked: false }).waitFor();
    });
    await eventually(async () => {
      const names = (await accounts('&q=Newcomer')).map(({ displayName }) => displayName).toSorted();
      expect(names).toEqual(['Grace Newcomer', 'Nadia Newcomer', 'Noah Newcomer']);
    });
    await hands.press(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Notices' }));
    await page
      .getByText(/Full sync of Simulated tenant|Simulated tenant/)
      .first()
      .waitFor();
    await overview();
    await ticked('Review a full sync');
    await ticked('Read the notice');
  });

  it('takes the run back, and goes on live', async () => {
    const { page } = console;
    await hands.press(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Full sync' }));
    await hands.press(page.getByRole('table', { name: 'Sync runs' }).getByRole('link').first());
    await hands.press(link('Undo'));
    await hands.press(page.getByRole('button', { name: 'Preview the undo' }));
    await approve(() => Promise.resolve());
    await eventually(async () => {
      const gone = (await accounts('&status=deactivated')).map(({ displayName }) => displayName).toSorted();
      expect(gone).toEqual(['Nadia Newcomer', 'Noah Newcomer']);
    });
    await overview();
    await ticked('Undo it');
    await hands.press(page.getByRole('button', { name: 'Resume live sync' }));
    await ticked('Resume live sync');
    await page.getByText(/equal to Entra, live\./).waitFor();
  });

  it('ends at the wizard', async () => {
    const { page } = console;
    await hands.press(link('wizard'));
    await page.getByRole('heading', { name: 'Connect a tenant', level: 1 }).waitFor();
    await overview();
    await ticked('Connect your own tenant');
  });
});
