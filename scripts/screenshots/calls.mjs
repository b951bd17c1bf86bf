import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until there is an answer other than undefined. */
export async function until(look) {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(200);
  }
  throw new Error('what the pictures need did not come');
}

/** The JSON that `url` answers; throws on every refusal. */
export async function call(url, method, body, headers = {}) {
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

/** The control API of a simulated tenant. */
export function tenantControl({ pageUrl }) {
  const base = `${pageUrl.replace(/\/$/, '')}/control`;
  return (method, path, body) => call(`${base}${path}`, method, body);
}

/** The API of a product, as its first super admin. */
export function adminApi(address, token) {
  return (method, path, body) => call(`${address}/api/v1${path}`, method, body, { authorization: `Bearer ${token}` });
}
