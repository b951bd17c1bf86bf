import type { IncomingHttpHeaders } from 'node:http';
import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { currentSpan } from '#tracing';
import { ConsoleFiles } from './console/console-files.js';
import { serveConsole } from './console/serve-console.js';
import { contentSecurityPolicy } from './http/content-security-policy.js';
import { ProblemFilter } from './http/problem.filter.js';
import { correlationIdOf } from './http/correlation-id.js';
import { buildOpenApiDocument } from './openapi/openapi-document.js';

/**
 * What the API needs of the HTTP application beyond its module: headers, the published document, and bodies as clients send them.
 * Called before `app.init()`, also by standalone, whose webhook routes share the application.
 */
export async function configureAdminApi(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  // Paths that nothing serves and bodies that cannot be parsed never reach a controller.
  app.useGlobalFilters(app.get(ProblemFilter, { strict: false }));
  await app.register(helmet, {
    contentSecurityPolicy: false,
    // Plain http on loopback is the normal case on a laptop; behind a proxy the proxy says it.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
  });
  const policy = contentSecurityPolicy();
  fastify.addHook('onRequest', async (request, reply) => {
    const correlationId = correlationIdOf(request);
    currentSpan().note({ 'rollcall.correlation_id': correlationId });
    void reply.header('x-correlation-id', correlationId).header('content-security-policy', policy);
    if (!request.url.startsWith('/api/')) return;
    void reply.header('cache-control', 'no-store');
    // Many clients name a JSON body on every POST, also where there is none; Fastify would refuse that.
    if (!hasBody(request.headers)) delete request.headers['content-type'];
  });
  let document: string | undefined;
  fastify.get('/api/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(buildOpenApiDocument(app));
    return reply.header('content-type', 'application/json; charset=utf-8').send(document);
  });
  const files = ConsoleFiles.open();
  if (files !== null) await serveConsole(fastify, files);
}

/** A request without a body says a length of 0, or nothing at all. */
function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
