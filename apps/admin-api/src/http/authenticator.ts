import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { findSessionMember, FIRST_ORGANISATION_ID, type Actor } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { SessionCookies } from './session-cookies.js';

/** Whoever sends a request, and by which means; a cookie is sent by the browser unasked, so it needs the origin check. */
export interface Authentication {
  readonly actor: Actor;
  readonly displayName: string;
  readonly by: 'bearer' | 'session';
}

/** Tells who sends a request: the bearer of ADMIN_TOKEN, or the member of a session. Keeps only the token's hash. */
@Injectable()
export class Authenticator {
  private readonly adminTokenHash: Buffer;

  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(SessionCookies) private readonly cookies: SessionCookies,
  ) {
    this.adminTokenHash = hashOf(services.adminToken);
  }

  async authenticate(request: FastifyRequest): Promise<Authentication | null> {
    const { authorization } = request.headers;
    return authorization === undefined ? this.bySession(request) : this.byBearer(authorization);
  }

  /** In constant time. */
  isAdminToken(token: string): boolean {
    return timingSafeEqual(hashOf(token), this.adminTokenHash);
  }

  private byBearer(authorization: string): Authentication | null {
    const [, token] = /^Bearer +(\S.*)$/i.exec(authorization) ?? [];
    if (token === undefined || !this.isAdminToken(token)) return null;
    const actor: Actor = { kind: 'token', id: 'ADMIN_TOKEN', organisationId: FIRST_ORGANISATION_ID, role: 'superAdmin' };
    return { actor, displayName: 'API token', by: 'bearer' };
  }

  private async bySession(request: FastifyRequest): Promise<Authentication | null> {
    const token = this.cookies.read(request);
    const member = token === null ? null : await findSessionMember(this.services.db, token, this.services.clock());
    if (member === null) return null;
    const { id, organisationId, role, globalAdministratorOf } = member;
    const actor: Actor = {
      kind: 'person',
      id,
      organisationId,
      role,
      ...(globalAdministratorOf === null ? {} : { globalAdministratorOf }),
    };
    return { actor, displayName: member.displayName, by: 'session' };
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
