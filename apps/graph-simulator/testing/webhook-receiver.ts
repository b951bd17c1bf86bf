import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Item } from './graph-caller.js';

/** A subscriber's endpoint: answers the handshake, keeps what it is sent. */
export class WebhookReceiver {
  readonly items: Item[] = [];
  /** Milliseconds from the creation of the receiver to each POST of notifications. */
  posts = 0;
  handshakes = 0;
  /** Status for notifications. */
  answer = 202;
  /** False: the handshake is answered with something else. */
  echoes = true;

  private constructor(
    readonly url: string,
    private readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer((request, response) => void receiver.#handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new WebhookReceiver(`http://127.0.0.1:${port}/hook?k=1`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return receiver;
  }

  stop(): Promise<void> {
    return this.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = new URL(request.url ?? '/', 'http://x').searchParams.get('validationToken');
    if (token !== null) {
      this.handshakes++;
      response.writeHead(200, { 'content-type': 'text/plain' }).end(this.echoes ? token : 'hello');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.posts++;
    if (this.answer === 202) this.items.push(...(JSON.parse(Buffer.concat(chunks).toString()) as { value: Item[] }).value);
    response.writeHead(this.answer).end();
  }
}
