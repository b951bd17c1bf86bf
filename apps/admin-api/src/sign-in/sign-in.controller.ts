import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { endSession, redeemSignInCode } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { isFromOwnPage } from '../http/own-origin.js';
import { ProblemError } from '../http/problem.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { SessionCookies } from '../http/session-cookies.js';
import { RateLimit } from './rate-limit.js';

/** Opens a session from a one-time link, and closes it. */
@Controller()
@UseFilters(ProblemFilter)
@ApiExcludeController()
export class SignInController {
  private readonly rateLimit = new RateLimit(10, 60_000);

  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(SessionCookies) private readonly cookies: SessionCookies,
  ) {}

  @Get('sign-in')
  async signIn(
    @Query('code') code: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const now = this.services.clock();
    const waitSeconds = this.rateLimit.take(request.ip, now);
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    if (waitSeconds > 0) {
      void reply.header('retry-after', String(waitSeconds));
      throw new ProblemError('RATE_LIMITED', `Too many tries from this address; wait ${waitSeconds} seconds.`);
    }
    const session = await redeemSignInCode(this.services.db, code ?? '', now);
    if (session === null)
      throw new ProblemError('UNAUTHENTICATED', 'This sign-in link was used already, or is older than ten minutes.');
    this.cookies.write(request, reply, session);
    void reply.redirect('/', 303);
  }

  @Post('sign-out')
  @HttpCode(204)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    if (!isFromOwnPage(request))
      throw new ProblemError('FORBIDDEN', 'A request with a session must come from a page of this site.');
    const token = this.cookies.read(request);
    if (token !== null) await endSession(this.services.db, token, this.services.clock());
    this.cookies.clear(request, reply);
  }
}
