import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Keeps other web pages out: the Host must be a loopback name (a foreign name that resolves here is an attack), and a request
 * that a browser marks with an Origin must come from the page itself. Programs send no Origin. A write must besides be JSON,
 * which a form on a foreign page cannot send.
 */
export function isFromThisMachine(method: string, headers: IncomingHttpHeaders): boolean {
  const host = headers.host ?? '';
  if (!LOOPBACK.test(host)) return false;
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const isWrite = method !== 'GET' && method !== 'HEAD';
  const hasBody = headers['content-length'] !== undefined && headers['content-length'] !== '0';
  return !(isWrite && hasBody) || /^application\/json\b/i.test(headers['content-type'] ?? '');
}
