import type { FastifyRequest } from 'fastify';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Against forged requests: a browser sends the cookie unasked, but it also names the page's origin. Beside SameSite=Lax, an unsafe
 * request with a session must name our own host, by `Origin` or, where a browser leaves that out, by `Sec-Fetch-Site`.
 */
export function isFromOwnPage({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean {
  if (SAFE_METHODS.has(method)) return true;
  if (headers.origin === undefined) return headers['sec-fetch-site'] === 'same-origin';
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}
