import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepPicturesOfFailures, openDemoConsole, type ConsoleBrowser, type DemoConsole } from '#test/console-browser';
import { eventually } from '#test/eventually';
import { keyboard } from '#test/hands';
import type { AccountRow, Listing } from '#test/rollcall-api';
import { tabFaults } from '#test/tab-stops';
import { pagesOf } from '../../scripts/screenshots/pages.mjs';

/** Script that the first page needs before it can be used, gzipped. */
const FIRST_LOAD_BYTES = 250_000;

let demo: DemoConsole;
let console: ConsoleBrowser;
let connectionId: string;

beforeAll(async () => {
  demo = await openDemoConsole();
  ({ console } = demo);
  ({ connectionId } = demo.system);
  await eventually(
    async () => expect((await demo.system.api.get<Listing<AccountRow>>('/accounts?limit=100')).items).toHaveLength(25),
    { deadlineMs: 60_000 },
  );
});
afterAll(() => demo.stop());
keepPicturesOfFailures(() => console.page);

describe('the first load', () => {
  it('is less than 250 KB of script, gzipped', async () => {
    const page = await console.context.newPage();
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await page.goto(demo.system.api.address);
    await page.getByRole('list', { name: 'Latest changes' }).waitFor();
    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).byteLength);
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_BYTES);
    await page.close();
  });
});

describe('Ctrl K', () => {
  it('leads to a person or a page by a few letters, and gives the focus back where it is left', async () => {
    const { page } = console;
    const hands = keyboard(page);
    const [member] = (await demo.system.api.get<Listing<AccountRow>>('/accounts?limit=1')).items;
    const search = page.getByRole('combobox', { name: 'Page, person, group or action' });
    await console.open('/people');
    await hands.press(page.getByRole('button', { name: /^Search pages/ }));
    await search.waitFor();
    await hands.escape();
    await page
      .getByRole('button', { name: /^Search pages/ })
      .and(page.locator(':focus'))
      .waitFor();

    await page.keyboard.press('ControlOrMeta+K');
    await hands.fill(search, member!.displayName ?? '');
    await page.getByRole('option', { name: new RegExp(member!.displayName ?? '') }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: member!.displayName ?? '', level: 1 }).waitFor();

    await page.keyboard.press('ControlOrMeta+K');
    await hands.fill(search, 'dead');
    await page.getByRole('option', { name: /^Dead letters/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Dead letters', level: 1 }).waitFor();
    await page.locator('main:focus').waitFor();
  });
});

describe('whoever is looked for, by keyboard alone', () => {
  const ask = async (person: string) => {
    const { page } = console;
    await console.open('/find');
    const hands = keyboard(page);
    await hands.fill(page.getByRole('textbox', { name: 'Mail, user principal name or object ID' }), person);
    await hands.press(page.getByRole('button', { name: 'Find', exact: true }));
    await page.getByRole('list', { name: 'Steps of the check' }).waitFor();
  };

  it('is found in the whole tenant, with an account or not, and why not', async () => {
    const { page } = console;
    const outsider = await demo.system.tenant.addUser('Olga Outsider');
    await ask(outsider.mail ?? outsider.id);
    await page.getByText('Olga Outsider has no account here.').waitFor();
    await page.getByText('NOT_IN_SCOPE').waitFor();

    const [member] = (await demo.system.api.get<Listing<AccountRow>>('/accounts?limit=1')).items;
    await ask(member!.userPrincipalName ?? '');
    await page.getByRole('link', { name: `Open the account of ${member!.displayName}` }).waitFor();

    await ask('nobody@contoso.example');
    await page.getByText('NOT_FOUND').waitFor();
  });
});

describe('both sides', () => {
  it('are compared: only in Entra, different, only here', async () => {
    const { page } = console;
    const { api, groupId } = demo.system;
    await api.post(`/connections/${connectionId}/pause`);
    const [leaver, renamed] = (await api.get<Listing<AccountRow>>('/accounts?limit=2')).items;
    await demo.control.addPerson('Only There', groupId);
    await demo.control.removeMember(groupId, leaver!.entraObjectId);
    await demo.system.tenant.updateUser(renamed!.entraObjectId, { displayName: 'Other Name' });
    const { id } = await api.post<{ id: string }>(`/connections/${connectionId}/sync-runs`, { kind: 'full', apply: 'review' });
    await eventually(async () => expect(await api.get(`/sync-runs/${id}`)).toMatchObject({ state: 'awaitingReview' }), {
      deadlineMs: 60_000,
    });
    await console.open(`/connections/${connectionId}/compare`);
    const row = (text: string) => page.getByRole('table', { name: 'Differences' }).getByRole('row').filter({ hasText: text });
    await row('Only There').first().waitFor();
    const hands = keyboard(page);
    await hands.choose(page.getByRole('tab', { name: 'Different (1)' }));
    await row('Other Name').first().waitFor();
    await hands.choose(page.getByRole('tab', { name: 'Only here (1)' }));
    await row(leaver!.displayName ?? '')
      .first()
      .waitFor();
  });
});

/** What a theme can change; everything else is the same in both. */
const BY_COLOUR = ['color-contrast', 'link-in-text-block'];

describe('every page', () => {
  it('has nothing that axe finds serious, in light and dark, and can be worked by Tab', { timeout: 600_000 }, async () => {
    const { page } = console;
    const faults: string[] = [];
    for (const [name, path] of await pagesOf((asked) => demo.system.api.get(asked))) {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await console.open(path);
      await page.getByText('Loading').first().waitFor({ state: 'hidden' });
      faults.push(...(await lastingFaults(() => axe(page))).map((fault) => `${name}, light: ${fault}`));
      faults.push(...(await tabFaults(page)).map((fault) => `${name}: ${fault}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      // The page hears of it in its own time; what axe reads must be of one theme.
      await page.locator('html[style*="color-scheme: dark"]').waitFor({ state: 'attached' });
      const byColour = () => axe(page).withRules(BY_COLOUR);
      faults.push(...(await lastingFaults(byColour)).map((fault) => `${name}, dark: ${fault}`));
    }
    expect(faults).toEqual([]);
  });
});

/** Fluent's own stops at both ends of a page are hidden from people on purpose: they pass the focus on at once. */
const axe = (page: Page) => new AxeBuilder({ page }).exclude('[data-tabster-dummy]');

/** A colour that was read on its way to another is that other one at the second look. */
async function lastingFaults(look: () => AxeBuilder): Promise<string[]> {
  const first = await seriousFaults(look());
  return first.length === 0 ? [] : seriousFaults(look());
}

async function seriousFaults(builder: AxeBuilder): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
