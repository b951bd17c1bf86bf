import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { cookieName, cookieOf, serializeCookie } from '../http/cookies.js';

const LIFETIME_SECONDS = 600;

/** What a browser keeps for us while somebody signs in, by kind. */
const noteSchemas = {
  /** Begun at the identity provider: what the answer must fit. */
  pending: z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() }),
  /** Signed in there, but without a role here: whom the page speaks to. */
  noRole: z.object({ displayName: z.string(), email: z.string().nullable() }),
};
export type NoteKind = keyof typeof noteSchemas;
export type Note<Kind extends NoteKind> = z.output<(typeof noteSchemas)[Kind]>;

/**
 * Notes in cookies of ten minutes, under a key of their own: a note of one kind is none of another, and no session. They hold nothing
 * that the browser may not see, so they are signed, not sealed.
 */
@Injectable()
export class SignInNotes {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  /** Null where there is none, its signature does not hold, or it is too old. */
  read<Kind extends NoteKind>(kind: Kind, request: FastifyRequest): Note<Kind> | null {
    const [body, signature] = cookieOf(request, this.nameFor(kind, request))?.split('.') ?? [];
    if (body === undefined || signature === undefined) return null;
    const given = Buffer.from(signature, 'base64url');
    const keys = this.services.secretBox.keys.all('sign-in');
    if (!keys.map((key) => sameBytes(sign(key, kind, body), given)).includes(true)) return null;
    const { until, note } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { until: number; note: unknown };
    if (until <= this.services.clock().getTime()) return null;
    return noteSchemas[kind].parse(note) as Note<Kind>;
  }

  /** The `set-cookie` that leaves the note. */
  write<Kind extends NoteKind>(kind: Kind, request: FastifyRequest, reply: FastifyReply, note: Note<Kind>): void {
    const until = this.services.clock().getTime() + LIFETIME_SECONDS * 1_000;
    const body = Buffer.from(JSON.stringify({ until, note })).toString('base64url');
    const signature = sign(this.services.secretBox.keys.newest('sign-in'), kind, body).toString('base64url');
    void reply.header('set-cookie', serializeCookie(this.nameFor(kind, request), `${body}.${signature}`, LIFETIME_SECONDS));
  }

  clear(kind: NoteKind, request: FastifyRequest, reply: FastifyReply): void {
    void reply.header('set-cookie', serializeCookie(this.nameFor(kind, request), '', 0));
  }

  private nameFor(kind: NoteKind, request: FastifyRequest): string {
    return cookieName(kind === 'pending' ? 'rollcall_sign_in' : 'rollcall_no_role', request, this.services.consoleUrl);
  }
}

function sign(key: Buffer, kind: NoteKind, body: string): Buffer {
  return createHmac('sha256', key).update(`${kind}.${body}`).digest();
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
