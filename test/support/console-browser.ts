import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { launchBrowser } from '../../scripts/browser.mjs';
import { projectRoot, type RunningProcess } from './child-process.js';
import { eventually } from './eventually.js';
import { startOnEmbeddedEngines, type RollcallSystem } from './rollcall-system.js';
import { TenantControl } from './tenant-control.js';

/** The console of a running product, in a real Chromium, signed in by the link that the process printed. */
export interface ConsoleBrowser {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The one-time link, which was used by now. */
  readonly link: string;
  /** A page in a browser of its own, in which nobody is signed in. */
  newVisitor(): Promise<Page>;
  /** Opens a page of the console and waits for its heading. */
  open(path: string): Promise<void>;
  close(): Promise<void>;
}

/** The one-process product with its simulated tenant, and its console. */
export interface DemoConsole {
  readonly system: RollcallSystem;
  readonly control: TenantControl;
  readonly console: ConsoleBrowser;
  stop(): Promise<void>;
}

/** `env` of the product. */
export async function openDemoConsole(env: Record<string, string> = {}): Promise<DemoConsole> {
  const system = await startOnEmbeddedEngines(env);
  try {
    const console = await openConsole({ address: system.api.address, process: () => system.processes.get('standalone')! });
    const stop = async () => {
      await console.close();
      await system.stop();
    };
    return { system, control: new TenantControl(system.tenant.facts), console, stop };
  } catch (error) {
    await system.stop();
    throw error;
  }
}

interface Product {
  readonly address: string;
  process(): RunningProcess;
}

export async function openConsole({ address, process }: Product): Promise<ConsoleBrowser> {
  const link = await printedLink(process());
  const browser = await launchBrowser();
  const newVisitor = async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: 'Europe/London' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return page;
  };
  const page = await newVisitor();
  await page.goto(link);
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  return {
    page,
    context: page.context(),
    link,
    newVisitor,
    open: async (path) => {
      await page.goto(`${address}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
    close: () => browser.close(),
  };
}

/** The one-time link that the process printed when it became ready. */
function printedLink(process: RunningProcess): Promise<string> {
  return eventually(() => {
    const [, link] = /(http:\/\/\S+\/sign-in\?code=\S+)/.exec(process.output()) ?? [];
    if (link === undefined) throw new Error('no sign-in link was printed');
    return link;
  });
}

/** Keeps a picture of the page of each test that fails, under `.cache/browser-failures`. */
export function keepPicturesOfFailures(page: () => Page): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const folder = join(projectRoot, '.cache', 'browser-failures');
    await mkdir(folder, { recursive: true });
    await page().screenshot({ path: join(folder, `${task.name.replaceAll(/\W+/g, '-').slice(0, 80)}.png`) });
  });
}
