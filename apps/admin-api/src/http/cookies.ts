import type { FastifyRequest } from 'fastify';

/** The value of a cookie that the request carries. */
export function cookieOf({ headers }: Pick<FastifyRequest, 'headers'>, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

const HOST_PREFIX = '__Host-';
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The name under which a cookie is set. A browser takes `__Host-` only with `Secure`, `Path=/` and without a domain, so no neighbouring
 * host can plant one. TLS ends at a proxy, so the request itself looks plain: what counts is the console's public address. On loopback
 * the browser talks to this process directly, and some browsers then refuse a secure cookie.
 */
export function cookieName(
  name: string,
  { protocol, hostname }: Pick<FastifyRequest, 'protocol' | 'hostname'>,
  consoleUrl: string | null | undefined,
): string {
  const isPublic = consoleUrl?.startsWith('https:') === true && !LOOPBACK.test(hostname);
  return protocol === 'https' || isPublic ? `${HOST_PREFIX}${name}` : name;
}

/** HttpOnly, and SameSite=Lax: Strict would lose the cookie on the way back from a mail or an identity provider. */
export function serializeCookie(name: string, value: string, maxAgeSeconds: number): string {
  const secure = name.startsWith(HOST_PREFIX) ? '; Secure' : '';
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
