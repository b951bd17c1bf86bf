import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';

/** The port is taken or the address is not ours: one line that names it. */
export class ListenError extends Error {
  readonly code = 'LISTEN_FAILED';
  readonly retry = 'never' as const;
}

/**
 * The one listening socket of a process. It listens before the engines are there and answers the probes meanwhile; the application
 * takes it over when it is ready (Fastify's `serverFactory`). So a probe never meets a closed port.
 */
export class HttpHost {
  private readonly server: Server;
  private application: RequestListener | undefined;
  private candidate: RequestListener | undefined;

  constructor(private readonly waiting: (request: IncomingMessage, response: ServerResponse) => void) {
    this.server = createServer((request, response) => (this.application ?? this.waiting)(request, response));
    this.server.requestTimeout = 60_000;
    this.server.headersTimeout = 15_000;
    this.server.keepAliveTimeout = 5_000;
  }

  async listen(port: number, host: string): Promise<string> {
    await new Promise<void>((done, fail) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => fail(describe(error, port, host)));
      this.server.listen(port, host, done);
    });
    return this.address;
  }

  get address(): string {
    const bound = this.server.address();
    if (typeof bound !== 'object' || bound === null) throw new ListenError('the server does not listen');
    const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
    return `http://${host}:${bound.port}`;
  }

  /** For `new FastifyAdapter({ serverFactory: host.serverFactory })`. */
  readonly serverFactory = (handler: RequestListener): Server => {
    this.candidate = handler;
    return this.server;
  };

  /** From here on the application answers. Not before it is ready: Fastify fails on a request that comes while it boots. */
  handOver(): void {
    this.application = this.candidate;
  }

  /** Ends keep-alive connections that are idle; requests in flight get until the deadline. */
  async close(deadlineMs = 3_000): Promise<void> {
    const closed = new Promise<void>((done) => this.server.close(() => done()));
    this.server.closeIdleConnections();
    const timer = setTimeout(() => this.server.closeAllConnections(), deadlineMs);
    await closed;
    clearTimeout(timer);
  }
}

function describe(error: NodeJS.ErrnoException, port: number, host: string): ListenError {
  const reason = error.code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be used (${error.code ?? error.message})`;
  return new ListenError(`port ${port} on ${host} ${reason}; set HTTP_PORT to another one`, { cause: error });
}
