import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentSecurityPolicy } from '../http/content-security-policy.js';
import type { ConsoleFiles } from './console-files.js';

/** What other parts of the process answer, also in standalone; the console has no page there. */
const NOT_PAGES = /^\/(api|assets|health|metrics|webhooks|sign-in|sign-out)(\/|\?|$)/;

/**
 * Serves the console: its files, and its one page for every address that a browser asks for as a page, since each state of the
 * console has an address of its own. The page's styles are allowed by a nonce that each answer makes anew (docs/decisions).
 */
export async function serveConsole(fastify: FastifyInstance, files: ConsoleFiles): Promise<void> {
  await fastify.register(fastifyStatic, {
    root: join(files.folder, 'assets'),
    prefix: '/assets/',
    // The names of the files hold a hash of their content.
    immutable: true,
    maxAge: '1y',
    index: false,
  });
  fastify.get('/favicon.svg', (_request, reply) =>
    reply.sendFile('favicon.svg', files.folder, { maxAge: '1d', immutable: false }),
  );
  fastify.get('/*', (request, reply) => (isForPage(request) ? sendPage(files, reply) : reply.callNotFound()));
}

function isForPage({ url, headers }: FastifyRequest): boolean {
  return !NOT_PAGES.test(url) && (headers.accept ?? '').includes('text/html');
}

function sendPage(files: ConsoleFiles, reply: FastifyReply): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', contentSecurityPolicy({ styleNonce: nonce }))
    .send(files.pageFor(nonce));
}
