import { Controller, Get, Inject, Query, Req, Res, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { admitMember, FIRST_ORGANISATION_ID, listMembers, openSession } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { isLoopback } from '../http/cookies.js';
import { ProblemError } from '../http/problem.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { SessionCookies } from '../http/session-cookies.js';
import { validationPipe } from '../http/validation.js';
import type { IdentityProvider } from './identity-provider.js';
import { readClaims, type SignedInPerson } from './read-claims.js';
import { returnPath } from './return-path.js';
import { SignInNotes, type Note } from './sign-in-notes.js';
import { SignInGuard, TriesAMinute } from './sign-in.guard.js';

const CALLBACK = '/sign-in/callback';
const beginQuery = z.looseObject({ returnTo: z.string().optional() });

/** Why the browser comes back to the sign-in page, as the console reads it from `?signIn=`. */
type Outcome = 'declined' | 'expired' | 'failed' | 'unavailable' | 'noRole';

interface WhomToAsk extends Note<'noRole'> {
  readonly superAdmins: readonly { readonly displayName: string; readonly email: string | null }[];
}

/** Signing in at the organisation's identity provider. Its role decides: without one there is no session. */
@Controller('sign-in')
@UsePipes(validationPipe)
@UseFilters(ProblemFilter)
@ApiExcludeController()
@TriesAMinute(60)
export class OidcSignInController {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(SessionCookies) private readonly sessions: SessionCookies,
    @Inject(SignInNotes) private readonly notes: SignInNotes,
  ) {}

  /** For the sign-in page: which ways there are. */
  @Get('ways')
  ways(@Res({ passthrough: true }) reply: FastifyReply): { token: true; identityProvider: boolean } {
    void reply.header('cache-control', 'no-store');
    return { token: true, identityProvider: this.services.identityProvider !== null };
  }

  @Get('oidc')
  @UseGuards(SignInGuard)
  async begin(
    @Query({ schema: beginQuery }) { returnTo }: z.output<typeof beginQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const provider = this.provider();
    const begun = await provider.begin(this.redirectUri(request)).catch((error: unknown) => {
      this.services.log.warn({ error }, 'the identity provider does not answer; nobody can sign in there');
      return null;
    });
    if (begun === null) return this.backWith('unavailable', reply);
    this.notes.write('pending', request, reply, { ...begun.pending, returnTo: returnPath(returnTo) });
    void reply.redirect(begun.url, 302);
  }

  @Get('callback')
  @UseGuards(SignInGuard)
  async finish(@Query('error') error: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const provider = this.provider();
    const pending = this.notes.read('pending', request);
    this.notes.clear('pending', request, reply);
    if (pending === null) return this.backWith('expired', reply);
    const callback = new URL(this.redirectUri(request));
    callback.search = new URL(request.url, 'http://own.invalid').search;
    const person = await provider.finish(callback, pending).then(readClaims, (cause: unknown) => {
      this.services.log.warn({ error: cause }, 'the answer of the identity provider was not taken');
      return null;
    });
    if (person === null) return this.backWith(error === 'access_denied' ? 'declined' : 'failed', reply);
    await this.welcome(person, pending.returnTo, request, reply);
  }

  /** For whoever was vouched for but has no role: the super admins, who can ask for one to be assigned. */
  @Get('whom-to-ask')
  async whomToAsk(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<WhomToAsk> {
    void reply.header('cache-control', 'no-store');
    const person = this.notes.read('noRole', request);
    if (person === null) throw new ProblemError('UNAUTHENTICATED', 'Sign in first.');
    const members = await listMembers(this.services.db, FIRST_ORGANISATION_ID);
    const superAdmins = members.filter(({ role, email }) => role === 'superAdmin' && email !== null);
    return { ...person, superAdmins: superAdmins.map(({ displayName, email }) => ({ displayName, email })) };
  }

  private async welcome(person: SignedInPerson, returnTo: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { db, clock } = this.services;
    const { identity, role, globalAdministratorOf } = person;
    const session = await db.transaction(async (tx) => {
      const member = await admitMember(tx, FIRST_ORGANISATION_ID, identity, role);
      return member === null ? null : openSession(tx, member.id, { globalAdministratorOf, now: clock() });
    });
    if (session === null) {
      this.notes.write('noRole', request, reply, { displayName: identity.displayName, email: identity.email });
      // Somebody else may have been signed in with this browser.
      this.sessions.clear(request, reply);
      return this.backWith('noRole', reply);
    }
    this.sessions.write(request, reply, session);
    void reply.redirect(returnTo, 303);
  }

  private provider(): IdentityProvider {
    const { identityProvider } = this.services;
    if (identityProvider === null) throw new ProblemError('NOT_FOUND', 'No identity provider is configured (OIDC_ISSUER).');
    return identityProvider;
  }

  /** Of the console's own address; a Host header that anybody may send is believed for this machine only. */
  private redirectUri({ protocol, host, hostname }: FastifyRequest): string {
    const { consoleUrl } = this.services;
    if (consoleUrl != null) return `${consoleUrl}${CALLBACK}`;
    if (isLoopback(hostname)) return `${protocol}://${host}${CALLBACK}`;
    throw new ProblemError('CONFLICT', 'Signing in at the identity provider needs CONSOLE_URL, the address of this console.');
  }

  private backWith(outcome: Outcome, reply: FastifyReply): void {
    void reply.redirect(`/?signIn=${outcome}`, 303);
  }
}
