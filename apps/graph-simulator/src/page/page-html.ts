/** The tenant's page. All that moves on it is done by `page.js`. */
export function pageHtml(tenant: { readonly tenantId: string; readonly displayName: string }): string {
  const name = escapeHtml(tenant.displayName);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name} · Graph simulator</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<header>
  <h1>${name}</h1>
  <p>Simulated Entra tenant <code>${escapeHtml(tenant.tenantId)}</code> · <span id="clock"></span></p>
  <nav>
    <button type="button" data-tab="directory" aria-pressed="true">Directory</button>
    <button type="button" data-tab="traffic" aria-pressed="false">Subscriptions and notifications</button>
    <button type="button" data-tab="faults" aria-pressed="false">Faults</button>
  </nav>
</header>
<p id="message" role="status" aria-live="polite"></p>
<main data-panel="directory">
  <section aria-label="Groups" class="groups">
    <h2>Groups</h2>
    <ul id="groups"></ul>
    <form id="new-group"><label>New group <input name="displayName" required autocomplete="off"></label><button>Create</button></form>
    <button type="button" id="all-users" class="quiet">All people</button>
  </section>
  <section aria-label="Members" class="members">
    <div class="bar"><h2 id="list-title"></h2><div id="group-actions"></div></div>
    <form id="add-person" hidden>
      <label>Name <input name="displayName" required autocomplete="off"></label>
      <label>Mail <input name="mail" type="email" autocomplete="off" placeholder="made from the name"></label>
      <label>Group <select name="group"></select></label>
      <button>Add person</button>
    </form>
    <form id="add-member" hidden>
      <label>Somebody who is there already <input name="q" list="found" autocomplete="off" placeholder="name, mail or id" required></label>
      <datalist id="found"></datalist>
      <button>Add to group</button>
    </form>
    <table><thead><tr><th>Name</th><th>Mail</th><th>State</th><th></th></tr></thead><tbody id="rows"></tbody></table>
    <p id="empty" hidden>Nobody is here.</p>
  </section>
</main>
<main data-panel="traffic" hidden>
  <section><h2>Subscriptions</h2><table><thead><tr><th>Resource</th><th>Sends to</th><th>Expires</th><th></th></tr></thead><tbody id="subscriptions"></tbody></table></section>
  <section><h2>Last notifications</h2><table><thead><tr><th>Time</th><th>Answer</th><th>Attempt</th><th>Told</th></tr></thead><tbody id="deliveries"></tbody></table></section>
</main>
<main data-panel="faults" hidden>
  <section>
    <h2>Switch a fault on</h2>
    <form id="new-fault">
      <label>Kind <select name="kind"></select></label>
      <label>Probability <input name="probability" type="number" min="0" max="1" step="0.05" value="1"></label>
      <label>Only paths that match <input name="path" autocomplete="off" placeholder="^/v1.0/groups"></label>
      <label>Hits, then gone <input name="times" type="number" min="1" placeholder="stays"></label>
      <label>Milliseconds <input name="ms" type="number" min="0" placeholder="where the kind has them"></label>
      <button>Switch on</button>
    </form>
    <table><thead><tr><th>Fault</th><th>Scope</th><th>Hits</th><th></th></tr></thead><tbody id="faults"></tbody></table>
  </section>
  <section>
    <h2>Clock</h2>
    <form id="advance"><label>Forward by minutes <input name="minutes" type="number" min="1" value="60"></label><button>Advance</button></form>
  </section>
</main>
<script src="/page.js"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
