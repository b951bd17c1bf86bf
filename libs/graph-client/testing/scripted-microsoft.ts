import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphEndpoints } from '../src/cloud-endpoints.js';
import { selfSignedCertificate } from './self-signed-certificate.js';

export interface SeenRequest {
  readonly method: string;
  /** Path and query, exactly as they came. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An answer with a JSON body, or something rawer: a text with its own type, or whatever the script does to the socket. */
export type ScriptedAnswer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly json?: unknown }
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly text: string; readonly type: string }
  | ((response: ServerResponse) => void);

export type Script = (request: SeenRequest) => ScriptedAnswer | Promise<ScriptedAnswer>;

/**
 * Graph and Entra on one https port, each answering what the test says: for answers that no well-behaved server gives. Without a
 * script, Entra issues tokens `token-1`, `token-2`, … and Graph answers 404.
 */
export class ScriptedMicrosoft {
  readonly tokenRequests: SeenRequest[] = [];
  readonly graphRequests: SeenRequest[] = [];
  onToken: Script = () => ({
    json: { token_type: 'Bearer', expires_in: 3599, access_token: `token-${this.tokenRequests.length}` },
  });
  onGraph: Script = () => graphError(404, 'Request_ResourceNotFound', 'Nothing is there.');

  private constructor(
    private readonly server: Server,
    private readonly ca: string,
  ) {}

  static async start(): Promise<ScriptedMicrosoft> {
    const { key, cert } = await selfSignedCertificate();
    const options: ServerOptions = { key, cert };
    const server = createServer(options);
    const scripted = new ScriptedMicrosoft(server, cert);
    server.on('request', (request, response) => void scripted.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return scripted;
  }

  get origin(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  get endpoints(): GraphEndpoints {
    return { graphBaseUrl: this.origin, authorityHost: this.origin, scope: 'https://graph.microsoft.com/.default', ca: this.ca };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await read(request);
    if (seen.url.includes('/.well-known/openid-configuration')) return send(response, { json: this.discovery(seen.url) });
    const isToken = seen.url.includes('/oauth2/v2.0/token');
    (isToken ? this.tokenRequests : this.graphRequests).push(seen);
    send(response, await (isToken ? this.onToken(seen) : this.onGraph(seen)));
  }

  private discovery(url: string): object {
    const tenant = `${this.origin}/${url.split('/')[1]}`;
    return {
      issuer: `${tenant}/v2.0`,
      authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${tenant}/oauth2/v2.0/token`,
      jwks_uri: `${tenant}/discovery/v2.0/keys`,
    };
  }
}

/** Graph's error envelope (sheet 6.1). */
export function graphError(status: number, code: string, message: string, headers: Record<string, string> = {}): ScriptedAnswer {
  const innerError = { date: '2026-05-18T19:03:10', 'request-id': '11111111-2222-3333-4444-555555555555' };
  return { status, headers, json: { error: { code, message, innerError } } };
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(response: ServerResponse, answer: ScriptedAnswer): void {
  if (typeof answer === 'function') return answer(response);
  const [type, body] =
    'text' in answer
      ? [answer.type, answer.text]
      : ['application/json', answer.json === undefined ? '' : JSON.stringify(answer.json)];
  response.writeHead(answer.status ?? 200, { ...(body === '' ? {} : { 'Content-Type': type }), ...answer.headers });
  response.end(body);
}
