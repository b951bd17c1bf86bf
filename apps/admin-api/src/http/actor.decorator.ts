import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '#connections';
import type { Authentication } from './authenticator.js';
import type { AuthenticatedRequest } from './permission.guard.js';

/** Who sends the request, as the guard found. */
export const Signed = createParamDecorator((_: unknown, context: ExecutionContext): Authentication => authenticationOf(context));

/** The acting person or token. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => authenticationOf(context).actor);

function authenticationOf(context: ExecutionContext): Authentication {
  const { authentication } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (authentication === undefined) throw new Error('the route is not behind the permission guard');
  return authentication;
}
