import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepPicturesOfFailures, openConsole, type ConsoleBrowser } from '#test/console-browser';
import { eventually } from '#test/eventually';
import { keyboard, type Hands } from '#test/hands';
import type { AccountRow, Listing } from '#test/rollcall-api';
import { startStandaloneOnTenant, type StandaloneOnTenant } from '#test/standalone-on-tenant';

let product: StandaloneOnTenant;
/** Signed in by the printed link; the visitors of these tests come in browsers of their own. */
let console: ConsoleBrowser;
let page: Page;
let hands: Hands;

beforeAll(async () => {
  product = await startStandaloneOnTenant(({ authorityHost, tenantId, clientId, clientSecret }) => ({
    OIDC_ISSUER: `${authorityHost}/${tenantId}/v2.0`,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
  }));
  console = await openConsole({ address: product.api.address, process: () => product.standalone() });
});
afterAll(async () => {
  await console.close();
  await product.stop();
});
beforeEach(async () => {
  page = await console.newVisitor();
  hands = keyboard(page);
});
keepPicturesOfFailures(() => page);
afterEach(() => page.context().close());

const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
const open = (path: string) => page.goto(`${product.api.address}${path}`);
/** Somebody at a browser of their own. */
interface Person {
  readonly page: Page;
  readonly hands: Hands;
}
/** On the sign-in page: to the organisation's page, and there the choice of who it is. */
const signInAs = async (person: string, at: Person = { page, hands }) => {
  await at.hands.press(at.page.getByRole('link', { name: 'Sign in with your organisation' }));
  await at.page.getByRole('heading', { name: /^Sign in to / }).waitFor();
  await at.hands.press(at.page.getByRole('link', { name: person, exact: true }));
};
/** The address at which the organisation's answer comes back. */
const answerOf = async (signIn: () => Promise<void>) => {
  const [request] = await Promise.all([page.waitForRequest((asked) => asked.url().includes('/sign-in/callback')), signIn()]);
  return request.url();
};

describe('signing in at the organisation, by keyboard alone', () => {
  it('opens the overview to whoever has a role, with what the role may do', async () => {
    await open('/');
    await signInAs('Gloria Global');
    await heading('Overview');
    await hands.press(page.getByRole('link', { name: 'Connect a tenant' }));
    await heading('Connect a tenant');

    await hands.pick(
      page.getByRole('button', { name: 'Account of Gloria Global' }),
      page.getByRole('menuitem', { name: 'Sign out' }),
    );
    await heading('Sign in to Rollcall');
    await signInAs('Viktor Viewer');
    await heading('Overview');
    await open('/connections');
    await page.getByRole('heading', { name: 'No tenant is connected yet.' }).waitFor();
    expect(await page.getByRole('link', { name: 'Add new integration' }).count()).toBe(0);
    for (const [path, sentence] of [
      ['/connections/new', 'Super admins and IT admins connect tenants.'],
      ['/find?q=gloria@contoso.example', 'Super admins and IT admins look people up here.'],
    ] as const) {
      await open(path);
      await page.getByRole('heading', { name: sentence }).waitFor();
    }
  });

  it('comes back to the page that was asked for', async () => {
    await open('/people?status=active');
    await signInAs('Ines Itadmin');
    await heading('People');
    expect(new URL(page.url()).search).toBe('?status=active');
  });

  it('tells whoever has no role whom to ask, and lets them try again', async () => {
    await open('/');
    await signInAs('Nora Norole');
    await heading('You have no role in Rollcall yet');
    await page.getByText('nora@contoso.example').waitFor();
    await page.getByRole('link', { name: 'gloria@contoso.example' }).waitFor();
    await hands.press(page.getByRole('link', { name: 'sign in again' }));
    await hands.press(page.getByRole('link', { name: 'Simon Super', exact: true }));
    await heading('Overview');
  });

  it('stays on that page also where nobody was vouched for', async () => {
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/sign-in/whom-to-ask')) asked += 1;
    });
    await open('/?signIn=noRole');
    await page.getByText('Ask whoever looks after Rollcall in your organisation.').waitFor();
    await page.waitForTimeout(1_000);
    expect(asked).toBe(1);
    await heading('You have no role in Rollcall yet');
  });

  it('says that it was stopped', async () => {
    await open('/');
    await signInAs('Cancel');
    await heading('Sign in to Rollcall');
    await page.getByText('You stopped the sign-in at your organisation. Nothing has changed.').waitFor();
  });

  it('takes no answer a second time, and says so', async () => {
    await open('/');
    const answer = await answerOf(() => signInAs('Gloria Global'));
    await heading('Overview');
    await page.context().clearCookies();
    await page.goto(answer);
    await heading('Sign in to Rollcall');
    await page.getByText(/^This sign-in was used already/).waitFor();

    const other = await console.newVisitor();
    await other.goto(answer);
    await other.getByText(/^This sign-in was used already/).waitFor();
    await other.context().close();
  });
});

describe('the API token, by keyboard alone', () => {
  it('is refused with the reason, and what was typed stays', async () => {
    await open('/');
    const token = page.getByLabel('API token', { exact: true });
    await hands.fill(token, 'not-the-token');
    await hands.press(page.getByRole('button', { name: 'Sign in', exact: true }));
    await page.getByText('UNAUTHENTICATED').waitFor();
    await page.waitForTimeout(500);
    expect(await token.inputValue()).toBe('not-the-token');
    expect(await page.getByText('UNAUTHENTICATED').isVisible()).toBe(true);
    await hands.fill(token, product.api.token);
    await hands.press(page.getByRole('button', { name: 'Sign in', exact: true }));
    await heading('Overview');
  });
});

describe('the printed link', () => {
  it('that was used already says so on the sign-in page', async () => {
    await page.goto(console.link);
    await heading('Sign in to Rollcall');
    await page.getByText(/^This sign-in link was used already/).waitFor();
  });
});

describe('the policies of the organisation, by keyboard alone', () => {
  /** Both are super admins; Gloria is Global Administrator of the tenant besides. */
  let gloria: Person;
  let simon: Person;
  let groupId: string;

  beforeAll(async () => {
    const { control } = product;
    groupId = await control.createGroup('Small team');
    for (const name of ['Ann', 'Ben', 'Cleo', 'Dev']) await control.addPerson(`${name} Small`, groupId);
    [gloria, simon] = [await signedIn('Gloria Global'), await signedIn('Simon Super')];
  });
  afterAll(async () => {
    for (const { page: theirs } of [gloria, simon]) await theirs.context().close();
  });

  const signedIn = async (name: string): Promise<Person> => {
    const theirs = await console.newVisitor();
    const person = { page: theirs, hands: keyboard(theirs) };
    await theirs.goto(product.api.address);
    await signInAs(name, person);
    await theirs.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    return person;
  };
  const buttonOf = (person: Person, name: string) => person.page.getByRole('button', { name, exact: true });
  const reads = (person: Person, text: string | RegExp) => person.page.getByText(text).first().waitFor();
  const goTo = (person: Person, path: string) => person.page.goto(`${product.api.address}${path}`);

  const switchOn = async (person: Person, policy: string) => {
    await goTo(person, '/organisation');
    await person.hands.toggle(person.page.getByRole('switch', { name: policy }));
    await person.hands.press(buttonOf(person, 'Save'));
  };

  /** Through the wizard, as far as its last button. */
  const connect = async (person: Person) => {
    const { facts } = product;
    const { page: theirs, hands: keys } = person;
    const fill = (name: string, text: string) => keys.fill(theirs.getByRole('textbox', { name }), text);
    const next = async (title: string) => {
      await keys.press(buttonOf(person, 'Next'));
      await theirs.getByRole('heading', { name: title, level: 2 }).waitFor();
    };
    await goTo(person, '/connections/new?step=application');
    await fill('Application (client) ID', facts.clientId);
    await fill('Directory (tenant) ID', facts.tenantId);
    await reads(person, 'Entra knows this tenant');
    await next('Client secret');
    await keys.fill(theirs.getByLabel('Client secret (Value)'), facts.clientSecret);
    await next('Permissions');
    await next('Groups');
    await fill('Object ids or exact names', groupId);
    await keys.press(buttonOf(person, 'Add'));
    await next('Preview');
    await next('Save');
    await fill('Name of the integration', 'Contoso');
    await keys.toggle(theirs.getByRole('checkbox', { name: /Enable integration/ }));
    await keys.press(buttonOf(person, 'Save integration'));
  };

  it('have the connecting to Global Administrators switched on by such a person only', async () => {
    const policy = 'Connect only as Global Administrator';
    await switchOn(simon, policy);
    await reads(simon, 'This can be switched on only by somebody whose own sign-in shows a Global Administrator');
    await reads(simon, /^Sign in with an account that is Global Administrator of this tenant/);
    await simon.hands.press(buttonOf(simon, 'Discard changes'));
    await switchOn(gloria, policy);
    await reads(gloria, 'Saved. It holds from now on.');
    await reads(gloria, /^A tenant is connected only by somebody whose sign-in shows a Global Administrator/);
  });

  it('let no other super admin connect the tenant then, and say why', async () => {
    await connect(simon);
    await reads(simon, 'Your sign-in shows no Global Administrator.');
    await reads(simon, 'GLOBAL_ADMINISTRATOR_NEEDED');
    await connect(gloria);
    await gloria.page.getByRole('heading', { name: 'Contoso', level: 1 }).waitFor();
    await eventually(async () => expect(await peopleOf()).toHaveLength(4), { deadlineMs: 60_000 });
  });

  it('have held removals released by a second person, who reads who was first', async () => {
    await switchOn(gloria, 'Four eyes on removals');
    await reads(gloria, 'Saved. It holds from now on.');
    await product.control.emptyGroup(groupId);
    const release = async (person: Person) => {
      await goTo(person, '/held-changes');
      const { page: theirs, hands: keys } = person;
      await keys.toggle(theirs.getByRole('checkbox', { name: 'Select Ann Small' }));
      await keys.press(buttonOf(person, 'Release 1 change'));
      await keys.press(theirs.getByRole('alertdialog').getByRole('button', { name: 'Release 1 held change' }));
    };
    for (let tries = 0; tries < 2; tries += 1) {
      await release(simon);
      await reads(simon, '1 removal waits for a second super admin; your approval is the first.');
    }
    const nobody = { page: console.page, hands: keyboard(console.page) };
    await release(nobody);
    await reads(nobody, 'The API token and the sign-in link are nobody in particular; sign in as yourself.');
    await reads(nobody, /^Removals take two people here\. Ask another super admin who has signed in/);
    expect(await peopleOf('&status=deactivated')).toEqual([]);

    await goTo(gloria, '/held-changes');
    await gloria.page.getByRole('row', { name: /Ann Small.*Simon Super/ }).waitFor();
    await release(gloria);
    await reads(gloria, '1 change released.');
    await eventually(async () => expect(await peopleOf('&status=deactivated')).toMatchObject([{ displayName: 'Ann Small' }]));
  });

  it('have a plan that removes people approved by a second person, who reads who was first', async () => {
    await goTo(simon, '/sync-runs');
    await simon.hands.press(simon.page.getByRole('table', { name: 'Sync runs' }).getByRole('link').last());
    await simon.hands.press(simon.page.getByRole('link', { name: 'Undo', exact: true }));
    await simon.hands.press(buttonOf(simon, 'Preview the undo'));
    await simon.hands.press(simon.page.getByRole('link', { name: 'Review the plan' }));
    const approve = async (person: Person) => {
      await person.hands.press(buttonOf(person, 'Approve'));
      await person.hands.press(person.page.getByRole('alertdialog').getByRole('button', { name: 'Approve', exact: true }));
    };
    await approve(simon);
    await reads(simon, 'Your approval is the first. Another super admin must approve it too.');
    await simon.page.getByText('Waits for review', { exact: true }).waitFor();

    await goTo(gloria, `${new URL(simon.page.url()).pathname}/plan`);
    await reads(gloria, /^Simon Super approved this plan first/);
    await approve(gloria);
    await gloria.page.getByText('Completed', { exact: true }).waitFor({ timeout: 60_000 });
    await eventually(async () => expect(await peopleOf('&status=deactivated')).toHaveLength(4));

    await goTo(gloria, '/audit');
    await gloria.page.getByRole('row', { name: /Simon Super.*Was the first of two to approve a plan/ }).waitFor();
    await gloria.page.getByRole('row', { name: /Gloria Global \(you\).*Approved a plan/ }).waitFor();
  });
});

async function peopleOf(query = ''): Promise<AccountRow[]> {
  return (await product.api.get<Listing<AccountRow>>(`/accounts?limit=100${query}`)).items;
}
