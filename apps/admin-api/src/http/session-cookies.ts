import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenedSession } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';

const NAME = 'rollcall_session';
/** A browser takes this name only with `Secure`, `Path=/` and without a domain, so no neighbouring host can plant one. */
const SECURE_NAME = `__Host-${NAME}`;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The session cookie: HttpOnly, SameSite=Lax (Strict would lose it on the redirect of a sign-in link that came by mail), signed, so
 * that a forged one costs no query.
 */
@Injectable()
export class SessionCookies {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  /** The session's token; null where there is no cookie or its signature does not hold. */
  read(request: FastifyRequest): string | null {
    const [token, signature] = cookieOf(request, this.nameFor(request))?.split('.') ?? [];
    if (token === undefined || signature === undefined) return null;
    const given = Buffer.from(signature, 'base64url');
    const isOurs = this.services.secretBox.keys.all('sessions').map((key) => sameBytes(sign(key, token), given));
    return isOurs.includes(true) ? token : null;
  }

  write(request: FastifyRequest, reply: FastifyReply, session: OpenedSession): void {
    const value = `${session.token}.${sign(this.services.secretBox.keys.newest('sessions'), session.token).toString('base64url')}`;
    const maxAge = Math.floor((session.expiresAt.getTime() - this.services.clock().getTime()) / 1000);
    void reply.header('set-cookie', serialize(this.nameFor(request), value, maxAge));
  }

  clear(request: FastifyRequest, reply: FastifyReply): void {
    void reply.header('set-cookie', serialize(this.nameFor(request), '', 0));
  }

  /**
   * TLS ends at a proxy, so the request itself looks plain: what counts is the console's public address. On loopback the browser
   * talks to this process directly, and some browsers then refuse a secure cookie.
   */
  private nameFor({ protocol, hostname }: Pick<FastifyRequest, 'protocol' | 'hostname'>): string {
    const isPublic = this.services.consoleUrl?.startsWith('https:') === true && !LOOPBACK.test(hostname);
    return protocol === 'https' || isPublic ? SECURE_NAME : NAME;
  }
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function serialize(name: string, value: string, maxAgeSeconds: number): string {
  const secure = name === SECURE_NAME ? '; Secure' : '';
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

function sign(key: Buffer, token: string): Buffer {
  return createHmac('sha256', key).update(token).digest();
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
