import { Inject, Injectable, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { ProblemError } from '../http/problem.js';
import { RateLimit } from './rate-limit.js';

const WINDOW_MS = 60_000;

/** How often an address may try a way of signing in within a minute. */
export const TriesAMinute = Reflector.createDecorator<number>();

/** Before every try to sign in, whichever way: so many from one address, and no trace of it in caches or referrers. */
@Injectable()
export class SignInGuard implements CanActivate {
  private readonly limits = new Map<Type, RateLimit>();

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const way = context.getClass();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    const waitSeconds = this.limitOf(way).take(request.ip, this.services.clock());
    if (waitSeconds === 0) return true;
    void reply.header('retry-after', String(waitSeconds));
    throw new ProblemError('RATE_LIMITED', `Too many tries from this address; wait ${waitSeconds} seconds.`);
  }

  private limitOf(way: Type): RateLimit {
    const known = this.limits.get(way);
    if (known !== undefined) return known;
    const limit = new RateLimit(this.reflector.get(TriesAMinute, way), WINDOW_MS);
    this.limits.set(way, limit);
    return limit;
  }
}
