import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Bodies past it are answered with 413. */
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
/** Past the longest line that Node takes: a long id is answered by its route, as one that names nothing. */
const MAX_PARAM_LENGTH = 16_384;

/** What Fastify is made with, so that requests of every kind reach the application and get its answers. */
export const anyRequest = {
  bodyLimit: BODY_LIMIT_BYTES,
  trustProxy: false,
  routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
  rewriteUrl: ({ url = '/' }: IncomingMessage): string => decodable(url),
};

/**
 * A request that was answered before its body had come is heard out. Fastify would close the connection in the sender's face, whom the
 * answer then never reaches. How long a body may take is bounded by the server.
 */
export function hearOut(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (!request.raw.complete && reply.statusCode < 500) void reply.removeHeader('connection');
    done();
  });
}

/** A path that is no valid encoding is taken by its letters: it names nothing, like any other that is misspelt. */
function decodable(url: string): string {
  const [path = '', ...query] = url.split('?');
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?');
  }
}
