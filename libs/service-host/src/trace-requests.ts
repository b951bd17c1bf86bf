import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isTracing, openSpan, TRACEPARENT, type Span } from '#tracing';

/** Probes come every few seconds, and a live stream ends when its page is closed. */
const UNTRACED = /^\/(health\/|metrics$|api\/v1\/events$)/;

/**
 * A server span for each request that some route answers, below the caller's `traceparent`. Named by the route; the address itself is
 * left out: queries hold keys of webhooks, one-time codes and searched names (invariant 10). To be called before the routes are ready.
 */
export function traceRequests(fastify: FastifyInstance): void {
  if (!isTracing()) return;
  const spans = new WeakMap<object, Span>();
  const inside = (request: FastifyRequest, work: () => void) => {
    const span = spans.get(request.raw);
    if (span === undefined) work();
    else span.run(work);
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route === undefined || UNTRACED.test(route)) return done();
    const span = openRequestSpan(request, route);
    spans.set(request.raw, span);
    reply.raw.once('close', () => endRequestSpan(span, reply.raw));
    inside(request, done);
  });
  // The body arrives by events of the socket, which know nothing of the span.
  fastify.addHook('preHandler', (request, _reply, done) => inside(request, done));
}

function openRequestSpan(request: FastifyRequest, route: string): Span {
  const given = request.headers[TRACEPARENT];
  return openSpan(`${request.method} ${route}`, {
    kind: 'server',
    parent: typeof given === 'string' ? given : null,
    attributes: { 'http.request.method': request.method, 'http.route': route, 'url.scheme': request.protocol },
  });
}

function endRequestSpan(span: Span, response: { statusCode: number; writableFinished: boolean }): void {
  const { statusCode, writableFinished } = response;
  span.note({ 'http.response.status_code': statusCode });
  if (!writableFinished) span.fail('CLIENT_GONE');
  else if (statusCode >= 500) span.fail(String(statusCode));
  span.end();
}
