import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenedSession } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';

const NAME = 'rollcall_session';

/**
 * The session cookie: HttpOnly, SameSite=Lax (Strict would lose it on the redirect of a sign-in link that came by mail), signed, so
 * that a forged one costs no query.
 */
@Injectable()
export class SessionCookies {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  /** The session's token; null where there is no cookie or its signature does not hold. */
  read(request: FastifyRequest): string | null {
    const [token, signature] = cookieOf(request)?.split('.') ?? [];
    if (token === undefined || signature === undefined) return null;
    const given = Buffer.from(signature, 'base64url');
    const isOurs = this.services.secretBox.keys.all('sessions').map((key) => sameBytes(sign(key, token), given));
    return isOurs.includes(true) ? token : null;
  }

  write(request: FastifyRequest, reply: FastifyReply, session: OpenedSession): void {
    const value = `${session.token}.${sign(this.services.secretBox.keys.newest('sessions'), session.token).toString('base64url')}`;
    const maxAge = Math.floor((session.expiresAt.getTime() - this.services.clock().getTime()) / 1000);
    void reply.header('set-cookie', serialize(value, maxAge, request.protocol === 'https'));
  }

  clear(request: FastifyRequest, reply: FastifyReply): void {
    void reply.header('set-cookie', serialize('', 0, request.protocol === 'https'));
  }
}

function cookieOf(request: FastifyRequest): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
}

function serialize(value: string, maxAgeSeconds: number, secure: boolean): string {
  return `${NAME}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;
}

function sign(key: Buffer, token: string): Buffer {
  return createHmac('sha256', key).update(token).digest();
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
