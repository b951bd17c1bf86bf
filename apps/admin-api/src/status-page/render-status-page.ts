export interface StatusPageFacts {
  readonly displayName: string;
  /** Whether the viewer may trigger a full sync. */
  readonly canRun: boolean;
  readonly simulatorPageUrl: string | null;
}

/** The frame of the page; the rows come by the script, from the REST interface. */
export function renderStatusPage({ displayName, canRun, simulatorPageUrl }: StatusPageFacts): string {
  const simulator =
    simulatorPageUrl === null
      ? ''
      : `<a class="button" href="${escapeHtml(simulatorPageUrl)}" target="_blank" rel="noopener">Open the simulated tenant</a>`;
  return frame(`
    <header>
      <h1>Rollcall</h1>
      <p id="live" role="status" class="quiet">Connecting…</p>
      <nav>${simulator}<span class="quiet">${escapeHtml(displayName)}</span><button id="sign-out" type="button">Sign out</button></nav>
    </header>
    <main data-can-run="${String(canRun)}">
      <section aria-labelledby="connections-title">
        <h2 id="connections-title">Connections</h2>
        <div id="connections" class="cards"></div>
      </section>
      <section aria-labelledby="activity-title">
        <h2 id="activity-title">Activity</h2>
        ${table('activity', ['When', 'Who', 'What', 'Arrived'])}
      </section>
      <section aria-labelledby="accounts-title">
        <h2 id="accounts-title">Accounts</h2>
        <label class="search">Search <input id="search" type="search" autocomplete="off" placeholder="Name or address" /></label>
        ${table('accounts', ['Name', 'Email', 'Status', 'Changed'])}
      </section>
    </main>
    <script src="/status-page.js" type="module"></script>`);
}

export function renderSignedOut(): string {
  return frame(`
    <header><h1>Rollcall</h1></header>
    <main>
      <section>
        <h2>Not signed in</h2>
        <p>Open the sign-in link that Rollcall printed when it started. Each link works once, for ten minutes.</p>
      </section>
    </main>`);
}

function table(id: string, columns: readonly string[]): string {
  const heads = columns.map((column) => `<th scope="col">${column}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody id="${id}"></tbody></table></div>`;
}

function frame(body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Rollcall</title>
    <link rel="stylesheet" href="/status-page.css" />
  </head>
  <body>${body}
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
