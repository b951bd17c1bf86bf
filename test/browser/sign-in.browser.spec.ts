import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepPicturesOfFailures, openConsole, type ConsoleBrowser } from '#test/console-browser';
import { keyboard, type Hands } from '#test/hands';
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
/** On the sign-in page: to the organisation's page, and there the choice of who it is. */
const signInAs = async (person: string) => {
  await hands.press(page.getByRole('link', { name: 'Sign in with your organisation' }));
  await page.getByRole('heading', { name: /^Sign in to / }).waitFor();
  await hands.press(page.getByRole('link', { name: person, exact: true }));
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
