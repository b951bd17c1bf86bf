import Fastify, { type FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { pageHtml } from '../page/page-html.js';
import { pageScript } from '../page/page-script.js';
import { pageStyle } from '../page/page-style.js';
import type { SignInService } from '../sign-in/sign-in-service.js';
import { DirectoryError } from '../tenant/directory-error.js';
import { controlOperations } from './control-operations.js';
import { isFromThisMachine } from './origin-guard.js';
import type { SimulatorControl } from './simulator-control.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The page for people and the control API for programs, on plain http, for this machine only. */
export function createControlServer(
  control: SimulatorControl,
  signIn: SignInService,
  tenant: { readonly tenantId: string; readonly displayName: string },
): FastifyInstance {
  const server = Fastify({ forceCloseConnections: true });
  server.addHook('onRequest', async (request, reply) => {
    if (isFromThisMachine(request.method, request.headers)) return;
    await reply.code(403).send({
      error: {
        code: 'FOREIGN_ORIGIN',
        message: 'The control API answers only requests that come from its own page or from a program on this machine.',
      },
    });
  });
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });
  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof DirectoryError && error.code === 'NOT_FOUND' ? 404 : isCallersFault(error) ? 400 : 500;
    const code = error instanceof DirectoryError ? error.code : status === 400 ? 'INVALID' : 'INTERNAL';
    return reply.code(status).send({
      error: {
        code,
        message: error instanceof ZodError ? explain(error) : error instanceof Error ? error.message : String(error),
      },
    });
  });
  server.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(pageHtml(tenant)));
  server.get('/page.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(pageScript));
  server.get('/page.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(pageStyle));
  server.get('/favicon.ico', (_request, reply) => reply.code(204).send());
  server.get('/:tenant/oauth2/v2.0/authorize', (request, reply) => {
    const answer = signIn.authorize(new URL(request.url, 'http://localhost').searchParams);
    if (answer.kind === 'redirect') return reply.redirect(answer.location, 302);
    return reply.code(answer.status).type('text/html; charset=utf-8').send(answer.html);
  });
  for (const operation of controlOperations(control)) {
    server.route({
      method: operation.method,
      url: `/control${operation.path}`,
      handler: async (request, reply) => {
        const answer = operation.run({ ...asRecord(request.query), ...asRecord(request.body), ...asRecord(request.params) });
        return answer === undefined ? reply.code(204).send() : reply.send(answer);
      },
    });
  }
  return server;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function isCallersFault(error: unknown): boolean {
  if (error instanceof DirectoryError || error instanceof ZodError || error instanceof RangeError || error instanceof SyntaxError)
    return true;
  return (
    typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    error.statusCode !== undefined &&
    Number(error.statusCode) < 500
  );
}

function explain(error: ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
}
