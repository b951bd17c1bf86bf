import { applyDecorators, Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { hasPermission, type Permission } from '#connections';
import { Authenticator, type Authentication } from './authenticator.js';
import { isFromOwnPage } from './own-origin.js';
import { ProblemError } from './problem.js';

const PERMISSION = 'rollcall:permission';

/** The permission of a route, published with it as `x-permission`. A route without one answers 403 to everybody. */
export const Requires = (permission: Permission): MethodDecorator =>
  applyDecorators(SetMetadata(PERMISSION, permission), ApiExtension('x-permission', permission));

export interface AuthenticatedRequest extends FastifyRequest {
  authentication?: Authentication;
}

/** Deny by default: who sends it, from where, and whether the role holds the permission that the route names. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const authentication = await this.authenticator.authenticate(request);
    if (authentication === null) throw new ProblemError('UNAUTHENTICATED', 'The request carries no valid API token or session.');
    if (authentication.by === 'session' && !isFromOwnPage(request)) {
      throw new ProblemError('FORBIDDEN', 'A request with a session must come from a page of this site.');
    }
    const permission = this.reflector.get<Permission | undefined>(PERMISSION, context.getHandler());
    if (permission === undefined || !hasPermission(authentication.actor.role, permission)) {
      throw new ProblemError('FORBIDDEN', `This needs the right ${permission ?? 'that nobody has'}.`, { permission });
    }
    request.authentication = authentication;
    return true;
  }
}
