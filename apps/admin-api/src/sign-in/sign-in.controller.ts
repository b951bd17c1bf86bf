import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createSignInCode, endSession, FIRST_MEMBER_ID, redeemSignInCode, type OpenedSession } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { Authenticator } from '../http/authenticator.js';
import { isFromOwnPage } from '../http/own-origin.js';
import { ProblemError } from '../http/problem.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { SessionCookies } from '../http/session-cookies.js';
import { validationPipe } from '../http/validation.js';
import { SignInGuard, TriesAMinute } from './sign-in.guard.js';

/** A mail program may have added something of its own to the link. */
const linkQuery = z.looseObject({ code: z.string().default('') });
const tokenBody = z.strictObject({ token: z.string().min(1).max(1000) });

/** Opens a session from a one-time link or the API token, and closes it. */
@Controller()
@UsePipes(validationPipe)
@UseFilters(ProblemFilter)
@ApiExcludeController()
@TriesAMinute(10)
export class SignInController {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(SessionCookies) private readonly cookies: SessionCookies,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  @Get('sign-in')
  @UseGuards(SignInGuard)
  async signIn(
    @Query({ schema: linkQuery }) { code }: z.output<typeof linkQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const session = await redeemSignInCode(this.services.db, code, this.services.clock());
    if (session !== null) this.cookies.write(request, reply, session);
    else if (!isBrowser(request))
      throw new ProblemError('UNAUTHENTICATED', 'This sign-in link was used already, or is older than ten minutes.');
    void reply.redirect(session === null ? '/?signIn=linkUsed' : '/', 303);
  }

  /** For the console's sign-in page: whoever holds the API token gets a session of the bootstrap super admin. */
  @Post('sign-in')
  @HttpCode(204)
  @UseGuards(SignInGuard)
  async signInWithToken(
    @Body({ schema: tokenBody }) { token }: z.output<typeof tokenBody>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (!isFromOwnPage(request)) throw new ProblemError('FORBIDDEN', 'Signing in must come from a page of this site.');
    this.cookies.write(request, reply, await this.openFirstSession(token));
  }

  private async openFirstSession(token: string): Promise<OpenedSession> {
    if (!this.authenticator.isAdminToken(token)) throw new ProblemError('UNAUTHENTICATED', 'This is not the API token.');
    const { db, clock } = this.services;
    const session = await redeemSignInCode(db, await createSignInCode(db, FIRST_MEMBER_ID, clock()), clock());
    if (session === null) throw new ProblemError('UNAUTHENTICATED', 'The first member may not sign in any more.');
    return session;
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

/** A person who opens a page, not a program: they read what is wrong on the sign-in page. */
const isBrowser = ({ headers }: FastifyRequest) => headers.accept?.includes('text/html') === true;
