import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenedSession } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { cookieName, cookieOf, serializeCookie } from './cookies.js';

const NAME = 'rollcall_session';

/** The session cookie: signed, so that a forged one costs no query. */
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
    void reply.header('set-cookie', serializeCookie(this.nameFor(request), value, maxAge));
  }

  clear(request: FastifyRequest, reply: FastifyReply): void {
    void reply.header('set-cookie', serializeCookie(this.nameFor(request), '', 0));
  }

  private nameFor(request: FastifyRequest): string {
    return cookieName(NAME, request, this.services.consoleUrl);
  }
}

function sign(key: Buffer, token: string): Buffer {
  return createHmac('sha256', key).update(token).digest();
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
