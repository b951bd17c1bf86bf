/** Served as a file: the content security policy allows no inline script. Text is set as text, never as HTML. */
export const statusPageScript = `
const api = '/api/v1/';
const main = document.querySelector('main');
const byId = (id) => document.getElementById(id);
const tones = { enabled: 'good', paused: 'warn', quarantined: 'bad', active: 'good', deactivated: 'bad' };
const words = {
  'rollcall.account.created': 'account created', 'rollcall.account.updated': 'account updated',
  'rollcall.account.activated': 'account activated', 'rollcall.account.deactivated': 'account deactivated',
  'rollcall.account.reactivated': 'account reactivated', 'rollcall.membership.granted': 'membership granted',
  'rollcall.membership.revoked': 'membership revoked', 'rollcall.membership.held': 'removal held',
};
const shown = { activity: new Set(), accounts: new Set() };

function element(name, { text, ...attributes } = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  node.append(...children);
  return node;
}
const badge = (state) => element('span', { class: 'badge', 'data-tone': tones[state] ?? '', text: state });
const time = (instant) => new Date(instant).toLocaleTimeString();

async function call(path, options) {
  const answer = await fetch(api + path, options);
  if (answer.status === 401) location.reload();
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail + ' ' + body.remedy);
  return body;
}

function fill(id, items, empty, cells) {
  const known = shown[id];
  const isFirst = known.size === 0;
  const rows = items.map((item) => {
    const key = item.id + (item.updatedAt ?? '');
    const row = element('tr', {}, ...cells(item).map((cell) => element('td', {}, cell ?? '')));
    if (!isFirst && !known.has(key)) row.className = 'new';
    known.add(key);
    return row;
  });
  if (rows.length === 0) rows.push(element('tr', {}, element('td', { class: 'empty', colspan: '4', text: empty })));
  byId(id).replaceChildren(...rows);
}

async function triggerFullSync(button, connection) {
  button.disabled = true;
  try {
    await call('connections/' + connection.id + '/sync-runs', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ kind: 'full', apply: 'automatic' }),
    });
  } catch (error) {
    alert(error.message);
  }
  button.disabled = false;
}

function card(connection) {
  const lines = [element('h3', { text: connection.name + ' ' }, badge(connection.state))];
  if (connection.cloud === 'simulated') lines[0].append(badge('simulated'));
  const groups = connection.watchedGroups.map((group) => group.displayName ?? group.id).join(', ');
  lines.push(element('p', { class: 'quiet', text: groups === '' ? 'Watches no group yet' : 'Watches ' + groups }));
  if (connection.reason !== null) lines.push(element('p', { text: connection.reason.message + ' ' + connection.reason.remedy }));
  if (main.dataset.canRun === 'true' && connection.state !== 'disconnected') {
    const button = element('button', { type: 'button', text: 'Trigger full sync' });
    button.addEventListener('click', () => triggerFullSync(button, connection));
    lines.push(button);
  }
  return element('article', { class: 'card' }, ...lines);
}

async function loadConnections() {
  const { items } = await call('connections');
  const cards = items.map(card);
  byId('connections').replaceChildren(...(cards.length > 0 ? cards : [element('p', { class: 'quiet', text: 'No tenant is connected yet. Connect one by POST /api/v1/connections.' })]));
}

async function loadAccounts() {
  const search = byId('search').value.trim();
  const { items } = await call('accounts?limit=50' + (search === '' ? '' : '&q=' + encodeURIComponent(search)));
  fill('accounts', items, search === '' ? 'Nobody yet.' : 'Nobody is called that.', (account) => [
    account.displayName, account.email, badge(account.status), time(account.updatedAt),
  ]);
}

async function loadActivity() {
  const { items } = await call('activity?limit=25');
  fill('activity', items, 'Nothing has happened yet.', (entry) => [
    time(entry.appliedAt), entry.displayName ?? entry.entraObjectId, words[entry.type] ?? entry.type,
    entry.noticedAt === null ? 'by ' + entry.cause.kind
      : ((new Date(entry.appliedAt) - new Date(entry.noticedAt)) / 1000).toFixed(1) + ' s after the notice',
  ]);
}

/** Many events make one load, and a load that is on its way is followed by one more at most. */
function coalesced(load) {
  let state = 'idle';
  const run = async () => {
    if (state !== 'idle') { state = 'again'; return; }
    state = 'loading';
    try { await load(); } catch (error) { byId('live').textContent = error.message; }
    const again = state === 'again';
    state = 'idle';
    if (again) setTimeout(run, 150);
  };
  return run;
}

const connections = coalesced(loadConnections);
const accounts = coalesced(loadAccounts);
const activity = coalesced(loadActivity);
const everything = () => { connections(); accounts(); activity(); };

byId('search').addEventListener('input', accounts);
byId('sign-out').addEventListener('click', async () => { await fetch('/sign-out', { method: 'POST' }); location.reload(); });

const stream = new EventSource(api + 'events');
stream.onopen = () => { byId('live').textContent = 'Live'; everything(); };
stream.onerror = () => { byId('live').textContent = 'Live updates are interrupted; connecting again…'; };
for (const type of Object.keys(words)) stream.addEventListener(type, () => { accounts(); activity(); });
for (const state of ['created', 'enabled', 'paused', 'quarantined', 'recovered', 'disconnected']) {
  stream.addEventListener('rollcall.connection.' + state, connections);
}
everything();
`;
