import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { Certificates } from '../tls/certificate.js';
import type { TokenEndpoint } from '../tokens/token-endpoint.js';
import { diagnosticHeader } from './diagnostic-header.js';
import { errorEnvelope } from './error-envelope.js';
import type { GraphService } from './graph-service.js';
import type { RequestCounters } from './request-counters.js';
import { breakTransport, delayBy } from './transport-faults.js';

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
const LARGEST_BODY_BYTES = 4 * 1024 * 1024;
const GRAPH_PREFIX = '/v1.0';

export interface GraphServerParts {
  readonly graph: GraphService;
  readonly entra: TokenEndpoint;
  readonly faults: FaultInjector;
  readonly counters: RequestCounters;
  readonly tenantId: string;
}

/** One answer, ready for the wire. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

/** Graph and Entra behind one TLS port. Bodies are taken as text: what is no JSON is Graph's 400, not the framework's. */
export function createGraphServer(parts: GraphServerParts, { certificatePem, keyPem }: Certificates): FastifyInstance {
  const server = Fastify({
    https: { cert: certificatePem, key: keyPem },
    bodyLimit: LARGEST_BODY_BYTES,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 16_384 },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error, _request, reply) => {
    const body = errorEnvelope(
      { code: 'InternalServerError', message: error instanceof Error ? error.message : String(error), inner: {} },
      { requestId: '', clientRequestId: '' },
      new Date(),
    );
    return reply.code(500).header('content-type', JSON_TYPE).send(JSON.stringify(body));
  });
  server.all('/*', (request, reply) => handle(parts, request, reply));
  return server;
}

async function handle(parts: GraphServerParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = request.url.split('?')[0] ?? '';
  const occasion = { path: request.url, method: request.method, tenant: parts.tenantId, ...groupIn(path) };
  await delayBy(parts.faults, occasion);
  const wire = path.startsWith(`${GRAPH_PREFIX}/`) ? await askGraph(parts, request) : await askEntra(parts, request, path);
  if (breakTransport(parts.faults, occasion, reply, wire)) return reply.hijack();
  return reply.code(wire.status).headers(wire.headers).send(wire.payload);
}

async function askGraph({ graph }: GraphServerParts, request: FastifyRequest): Promise<WireReply> {
  const answer = await graph.handle({
    method: request.method,
    origin: originOf(request),
    url: request.url.slice(GRAPH_PREFIX.length),
    headers: flatHeaders(request),
    body: parseJson(request.body),
  });
  const payload = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  const type = answer.text === undefined ? JSON_TYPE : 'text/plain';
  return {
    status: answer.status,
    payload,
    headers: {
      ...(payload === '' ? {} : { 'content-type': type }),
      'cache-control': 'no-cache',
      'odata-version': '4.0',
      'strict-transport-security': 'max-age=31536000',
      'x-ms-ags-diagnostic': diagnosticHeader,
      ...answer.headers,
    },
  };
}

async function askEntra(
  { entra, counters, faults, tenantId }: GraphServerParts,
  request: FastifyRequest,
  path: string,
): Promise<WireReply> {
  const body = typeof request.body === 'string' ? request.body : '';
  const occasion = { path, method: request.method, tenant: tenantId };
  const answer =
    entra.refuseByFault(faults, occasion) ??
    (await entra.handle({ method: request.method, authority: originOf(request), path, headers: flatHeaders(request), body }));
  counters.count(`${request.method} ${path.replace(/^\/[^/]+/, '/:tenant')}`, answer.status);
  return { status: answer.status, headers: answer.headers, payload: JSON.stringify(answer.body) };
}

/** Links lead back to where the caller came from, be it localhost or 127.0.0.1. */
function originOf(request: FastifyRequest): string {
  return `https://${request.headers.host ?? 'localhost'}`;
}

function flatHeaders(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function parseJson(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function groupIn(path: string): { group?: string } {
  const group = /\/groups\/([0-9a-f-]{36})/i.exec(path)?.[1];
  return group === undefined ? {} : { group };
}
