import { envelopeSchema, type Log } from '#contracts';
import { onlyRow, type Database, type NotificationListener } from '#database';
import { Signal } from '../signal.js';
import { FEED_CHANNEL, type FeedItem } from './feed-item.js';

export interface FeedReaderOptions {
  readonly db: Database;
  readonly listener: Pick<NotificationListener, 'on'>;
  readonly log: Log;
}

export interface FollowRequest {
  readonly organisationId: string;
  /** The last cursor that was seen (`Last-Event-ID`). Without one, or with one that is none of ours, only what is new. */
  readonly after?: string | undefined;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

const PAGE = 200;
const LOOK_MS = 5_000;

/** The live stream of one organisation, as any replica can serve it. */
export class FeedReader {
  constructor(private readonly options: FeedReaderOptions) {}

  /** Ends only by its signal, or when its reader leaves; a database that is away is waited for. */
  async *follow({ organisationId, after, signal }: FollowRequest): AsyncGenerator<FeedItem, void, void> {
    const wake = new Signal();
    const raise = () => wake.raise();
    const unlisten = this.options.listener.on(FEED_CHANNEL, raise);
    signal.addEventListener('abort', raise);
    try {
      const isEnded = () => signal.aborted;
      let cursor = parseCursor(after);
      while (!isEnded()) {
        cursor ??= await this.patiently(() => this.end(), signal);
        const from = cursor;
        const page = from === undefined ? [] : ((await this.patiently(() => this.read(organisationId, from), signal)) ?? []);
        for (const { id, event } of page) {
          cursor = id;
          yield { cursor: String(id), event: envelopeSchema.parse(JSON.parse(event)) };
        }
        if (page.length < PAGE && !isEnded()) await wake.wait(LOOK_MS);
      }
    } finally {
      unlisten();
      signal.removeEventListener('abort', raise);
    }
  }

  private async read(organisationId: string, after: number): Promise<{ id: number; event: string }[]> {
    return this.options.db.query(
      'SELECT id, event FROM messaging.feed WHERE organisation_id = $1 AND id > $2 ORDER BY id LIMIT $3',
      [organisationId, after, PAGE],
    );
  }

  private async end(): Promise<number> {
    return onlyRow(await this.options.db.query<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM messaging.feed')).id;
  }

  /** Undefined after a failure, or when the stream is to end. */
  private async patiently<Answer>(question: () => Promise<Answer>, signal: AbortSignal): Promise<Answer | undefined> {
    if (signal.aborted) return undefined;
    try {
      return await question();
    } catch (error) {
      this.options.log.debug({ err: error }, 'the live stream waits for the database');
      return undefined;
    }
  }
}

function parseCursor(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
