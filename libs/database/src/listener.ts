import pg from 'pg';
import type { Log } from '#contracts';

const RECONNECT_MS = 500;

/**
 * LISTEN on channels over a connection of its own, which is opened anew for ever when it breaks. A notification may be lost while it
 * is away: whoever listens also looks on a timer, and `onNudge` is called once after each reconnect.
 */
export class NotificationListener {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private listening: Promise<void> = Promise.resolve();
  private readonly handlers = new Map<string, Set<(payload: string) => void>>();

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  /** Registers before or after `start`; returns the way to unregister. */
  on(channel: string, onNudge: (payload: string) => void): () => void {
    const known = this.handlers.get(channel);
    const handlers = known ?? new Set();
    this.handlers.set(channel, handlers);
    handlers.add(onNudge);
    if (known === undefined) this.listenTo(channel);
    return () => handlers.delete(onNudge);
  }

  async start(): Promise<void> {
    await this.connect();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  /** One statement after the other: a client takes a second one only when the first is done. */
  private listenTo(channel: string): void {
    const { client } = this;
    if (client === undefined) return; // connecting: it listens to all channels then
    this.listening = this.listening
      .then(() => client.query(`LISTEN ${pg.escapeIdentifier(channel)}`))
      .then(
        () => undefined,
        () => undefined, // the connection broke; the next one listens to all channels
      );
  }

  private async connect(): Promise<void> {
    if (this.stopped) return;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'rollcall listener',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const lost = once(() => this.reconnectLater(client));
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ channel, payload }) => this.deliver(channel, payload ?? ''));
    try {
      await client.connect();
      const channels = new Set(this.handlers.keys());
      for (const channel of channels) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      this.client = client;
      for (const channel of this.handlers.keys()) if (!channels.has(channel)) this.listenTo(channel);
      for (const channel of this.handlers.keys()) this.deliver(channel, '');
    } catch {
      lost();
    }
  }

  private reconnectLater(client: pg.Client): void {
    void client.end().catch(() => undefined);
    if (this.stopped) return;
    this.client = undefined;
    this.log.debug({ reconnectMs: RECONNECT_MS }, 'the listening connection broke; it is opened anew');
    this.timer = setTimeout(() => void this.connect(), RECONNECT_MS);
  }

  private deliver(channel: string, payload: string): void {
    for (const handler of this.handlers.get(channel) ?? []) handler(payload);
  }
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
