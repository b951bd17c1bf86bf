import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';

/** Who comes back after the group was emptied; the removals of the others stay held. */
const RETURNERS = 12;

/** Gives every page something to show: active people, held changes, pins, a plan that waits for review, an undone run. */
export async function fill({ address, dataDir }) {
  const token = (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim();
  const simulator = JSON.parse(await readFile(join(dataDir, 'simulator.json'), 'utf8'));
  const api = (method, path, body) => call(`${address}/api/v1${path}`, method, body, { authorization: `Bearer ${token}` });
  const tenant = (method, path, body) => call(`${simulator.pageUrl.replace(/\/$/, '')}/control${path}`, method, body);
  const [connection] = (await api('GET', '/connections')).items;
  const group = simulator.groups[0].id;

  const { items: accounts } = await api('GET', '/accounts?limit=100');
  await api('POST', '/accounts/activate', { ids: accounts.slice(0, 6).map(({ id }) => id) });
  await tenant('POST', `/groups/${group}/empty`);
  const held = await until(async () => {
    const { items } = await api('GET', '/held-changes?limit=100');
    return items.length >= accounts.length ? items : undefined;
  });
  await api('POST', '/held-changes/reject', { ids: held.slice(0, 2).map(({ id }) => id) });

  await tenant('POST', `/groups/${group}/members`, {
    members: accounts.slice(0, RETURNERS).map(({ entraObjectId }) => entraObjectId),
  });
  await until(async () => {
    const { items } = await api('GET', '/held-changes?limit=100');
    return items.length <= accounts.length - RETURNERS ? items : undefined;
  });

  await api('POST', `/connections/${connection.id}/pause`);
  for (const displayName of ['Ada Newcomer', 'Grace Newcomer', 'Joan Newcomer']) {
    await tenant('POST', '/people', { displayName, groups: [group] });
  }
  await tenant('PATCH', `/users/${accounts[0].entraObjectId}`, {
    attributes: { displayName: 'Adele Renamed', mail: 'adele.renamed@contoso.example' },
  });
  const run = await api('POST', `/connections/${connection.id}/sync-runs`, { kind: 'full', apply: 'review' });
  await until(async () => ((await api('GET', `/sync-runs/${run.id}`)).state === 'awaitingReview' ? true : undefined));
}

async function until(look) {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(200);
  }
  throw new Error('what the pictures need did not come');
}

async function call(url, method, body, headers = {}) {
  const response = await fetch(url, {
    method,
    // A connection of its own: one that is kept may be closed by the other side just as it is used again.
    headers: { connection: 'close', ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}
