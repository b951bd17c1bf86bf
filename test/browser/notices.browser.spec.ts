import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpReceiver, MailReceiver } from '#notices/testing';
import { keepPicturesOfFailures, openDemoConsole, type ConsoleBrowser, type DemoConsole } from '#test/console-browser';
import { eventually } from '#test/eventually';
import { keyboard, type Hands } from '#test/hands';
import type { AccountRow, Listing } from '#test/rollcall-api';

let mail: MailReceiver;
let http: HttpReceiver;
let demo: DemoConsole;
let console: ConsoleBrowser;
let hands: Hands;
let connectionId: string;

interface ConnectionSettingsRow {
  readonly id: string;
  readonly settings: {
    readonly notify: { readonly onRefresh: { readonly recipients: string[]; readonly channels: string[] } | null };
  };
}

beforeAll(async () => {
  mail = await MailReceiver.start();
  http = await HttpReceiver.start();
  demo = await openDemoConsole({ SMTP_URL: mail.url, NOTICES_TO_LOOPBACK: 'on' });
  ({ console } = demo);
  hands = keyboard(console.page);
  const accounts = () => demo.system.api.get<Listing<AccountRow>>('/accounts?limit=1000');
  await eventually(async () => expect((await accounts()).items).toHaveLength(25), { deadlineMs: 60_000 });
  connectionId = (await connectionNow()).id;
});
afterAll(async () => {
  await demo.stop();
  await mail.stop();
  await http.stop();
});
keepPicturesOfFailures(() => console.page);

const connectionNow = async () => {
  const [connection] = (await demo.system.api.get<Listing<ConnectionSettingsRow>>('/connections')).items;
  if (connection === undefined) throw new Error('there is no connection');
  return connection;
};
const button = (name: string) => console.page.getByRole('button', { name, exact: true });

describe('who is told of a run, by keyboard alone', () => {
  it('is chosen among the super admins, in the sync settings, and survives a reload', async () => {
    const { page } = console;
    await console.open(`/connections/${connectionId}/settings`);
    await hands.choose(page.getByRole('tab', { name: 'Notifications' }));
    await page.getByRole('switch', { name: 'Send notification on refresh', checked: true }).waitFor();
    const field = page.getByRole('combobox', { name: 'Who is told of a run' });
    await field.filter({ hasText: 'All super admins' }).waitFor();
    await hands.press(field);
    await page.getByRole('menuitemcheckbox', { name: /^Administrator/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemcheckbox', { name: /^Administrator/, checked: true }).waitFor();
    await hands.escape();
    await hands.press(button('Save'));
    await eventually(async () => {
      expect((await connectionNow()).settings.notify.onRefresh).toEqual({
        recipients: [expect.any(String)],
        channels: ['inProduct'],
      });
    });
    await page.reload();
    await hands.choose(page.getByRole('tab', { name: 'Notifications' }));
    await field.filter({ hasText: /^Administrator/ }).waitFor();
  });

  it('gets one notice of a full sync, which names who started it; the completed run says that the tenant is connected', async () => {
    const { page } = console;
    await console.open('/sync-runs');
    await hands.pick(button('Trigger Full Sync'), page.getByRole('menuitem', { name: /apply at once/ }));
    await page.getByText('Connected. Microsoft Entra ID is connected to Rollcall.').waitFor({ timeout: 60_000 });
    await console.open('/notices');
    const notice = page.getByRole('listitem').filter({ hasText: 'Full sync of Simulated tenant has completed' });
    await notice.first().waitFor();
    expect(await notice.count()).toBe(1);
    await notice.getByText('Administrator', { exact: true }).waitFor();
    expect(await notice.getByRole('link').allInnerTexts()).toEqual(['Open the run', 'Look at the plan']);
  });

  it('reads when something began and ended as their own clock shows it', async () => {
    const { page } = console;
    const { control, system } = demo;
    await control.emptyGroup(system.groupId);
    await page.getByText('The guard holds removals of Simulated tenant', { exact: true }).waitFor();
    await system.api.post('/held-changes/reject', { connectionId });
    const over = page.getByRole('listitem').filter({ hasText: 'All clear: The guard holds removals of Simulated tenant' });
    await over.locator('dd time').nth(1).waitFor();
    const opening = page
      .getByRole('listitem')
      .filter({ hasText: /^To decide/ })
      .filter({ hasText: 'The guard holds removals' });
    await opening.getByText('over since').waitFor();
    expect(await over.innerText()).not.toMatch(/\d{4}-\d{2}-\d{2}T/);
  });
});

describe('the channels, by keyboard alone', () => {
  const row = (name: string) => console.page.getByRole('table', { name: 'Channels' }).getByRole('row').filter({ hasText: name });
  const test = (name: string) => hands.press(row(name).getByRole('button', { name: 'Send a test' }));

  it('send a test and show what was answered, with the status of the other side', async () => {
    const { page } = console;
    await console.open('/notices/settings');
    await test('Under the bell');
    await row('Under the bell').getByText('Sent: under the bell').waitFor();
    await hands.fill(page.getByRole('textbox', { name: 'Webhook address' }), http.url);
    await page.keyboard.press('Enter');
    await row('Webhook').getByText('127.0.0.1').waitFor();
    http.answer = { status: 202, body: '' };
    await test('Webhook');
    await row('Webhook').getByText('Sent: HTTP 202', { exact: true }).waitFor();
    http.answer = { status: 410, body: 'gone for good' };
    await test('Webhook');
    await row('Webhook').getByText('Failed: HTTP 410: gone for good').waitFor();
  });

  it('show each attempt with its time, status and answer, and when the next one is', async () => {
    const { page } = console;
    const sent = page.getByRole('table', { name: 'Deliveries' }).getByRole('row').filter({ hasText: 'HTTP 410: gone for good' });
    await hands.press(sent.getByRole('button', { name: '1 attempt: Test of the notices of Rollcall' }));
    const attempts = page.getByRole('table', { name: 'Attempts' });
    expect(await attempts.getByRole('row').nth(1).getByRole('cell').allInnerTexts()).toEqual([
      '1',
      expect.stringMatching(/\d:\d{2}:\d{2}/),
      'Refused',
      'HTTP 410',
      'gone for good',
    ]);
    await hands.escape();
    http.answer = { status: 503, body: 'later' };
    const rules = { toReview: { recipients: [], channels: ['webhook'] } };
    expect((await demo.system.api.request('PUT', '/notification-rules', { rules })).status).toBe(200);
    await demo.system.api.post(`/connections/${connectionId}/pause`);
    const { id } = await demo.control
      .addPerson('Waits For Review', demo.system.groupId)
      .then(() =>
        demo.system.api.post<{ id: string }>(`/connections/${connectionId}/sync-runs`, { kind: 'full', apply: 'review' }),
      );
    await page.reload();
    const waiting = page.getByRole('row').filter({ hasText: 'waits for review' }).filter({ hasText: 'HTTP 503: later' });
    await eventually(async () => {
      await page.reload();
      await waiting.getByText('Next try:').waitFor({ timeout: 2_000 });
    });
    http.answer = { status: 200, body: 'ok' };
    await demo.system.api.post(`/sync-runs/${id}/cancel`);
    await demo.system.api.post(`/connections/${connectionId}/enable`);
  });
});

describe('the mail address of whoever signs in by the printed link, by keyboard alone', () => {
  it('is set and taken out again, and a test shows the number with which the mail server refuses it', async () => {
    const { page } = console;
    await console.open('/notices/settings');
    const field = page.getByRole('textbox', { name: 'My mail address' });
    await hands.fill(field, 'ada@contoso.example');
    await hands.press(button('Save address'));
    await page.getByText('Saved. Mail reaches you at ada@contoso.example.').first().waitFor();
    expect(await demo.system.api.get('/me')).toMatchObject({ email: 'ada@contoso.example', emailIsProven: false });
    const row = page.getByRole('table', { name: 'Channels' }).getByRole('row').filter({ hasText: 'Mail' });
    mail.refusals.set('ada@contoso.example', 550);
    await hands.press(row.getByRole('button', { name: 'Send a test' }));
    await row.getByText('Failed: SMTP 550: <ada@contoso.example> is not taken here').waitFor();
    mail.refusals.clear();
    await hands.press(row.getByRole('button', { name: 'Send a test' }));
    await row.getByText('Sent: SMTP 250: queued').waitFor();
    await hands.fill(field, '');
    await hands.press(button('Save address'));
    await page.getByText('Saved. Mail does not reach you.').first().waitFor();
  });
});

describe('Ctrl K', () => {
  it('leads to what can be done with a connection', async () => {
    const { page } = console;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Page, person, group or action' }).waitFor();
    await page.keyboard.type('trigger full');
    await page.getByRole('option', { name: /^Trigger Full Sync of Simulated tenant/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Full sync', level: 1 }).waitFor();
  });
});

describe('the demo', () => {
  it('is removed by a word of its own, and then nothing is left of it on the overview', async () => {
    const { page } = console;
    await console.open(`/connections/${connectionId}`);
    await hands.pick(button('More actions'), page.getByRole('menuitem', { name: 'Remove the demo' }));
    const dialog = page.getByRole('alertdialog', { name: 'Remove the demo?' });
    await hands.press(dialog.getByRole('button', { name: 'Remove the demo' }));
    await page.getByText('The demo is removed.').first().waitFor();
    await console.open('/');
    await page.getByRole('heading', { name: 'No tenant is connected yet.' }).waitFor();
    expect(await page.getByRole('heading', { name: 'The first five minutes' }).count()).toBe(0);
  });
});
