import { EventStreamParser, type StreamMessage } from './parse-event-stream.js';

/** `connecting` is the first try only; a stream that was open and is not any more is `broken` until it is open again. */
export type LiveState = { readonly status: 'connecting' | 'live' } | { readonly status: 'broken'; readonly since: Date };

export interface LiveListener {
  onState(state: LiveState): void;
  onMessage(message: StreamMessage): void;
  /** The session has ended. The stream keeps trying: it resumes once there is another one. */
  onSignedOut(): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** The server sends a heartbeat every 15 s; silence for longer means that the connection is dead without having been closed. */
const SILENCE_MS = 40_000;

/** Follows `/events`, resumes after the last message that it saw, and says whether it is open. */
export class LiveStream {
  private lastEventId: string | null = null;
  private brokenSince: Date | null = null;
  private readonly stopping = new AbortController();

  constructor(private readonly listener: LiveListener) {}

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopping.abort();
  }

  private isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!this.isStopped()) {
      const outcome = await this.follow();
      if (this.isStopped()) return;
      this.brokenSince ??= new Date();
      this.listener.onState({ status: 'broken', since: this.brokenSince });
      waitMs = outcome === 'ended' ? FIRST_WAIT_MS : Math.min(waitMs * 2, LONGEST_WAIT_MS);
      await delay(waitMs, this.stopping.signal);
    }
  }

  /** `ended`: it was open and is not any more. `failed`: it could not be opened. */
  private async follow(): Promise<'ended' | 'failed'> {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    this.stopping.signal.addEventListener('abort', stop);
    let opened = false;
    try {
      const response = await fetch('/api/v1/events', {
        headers: { accept: 'text/event-stream', ...(this.lastEventId === null ? {} : { 'last-event-id': this.lastEventId }) },
        signal: attempt.signal,
      });
      if (response.status === 401) this.listener.onSignedOut();
      if (!response.ok || response.body === null) return 'failed';
      opened = true;
      this.brokenSince = null;
      this.listener.onState({ status: 'live' });
      await this.read(response.body, attempt);
    } catch {
      // A broken connection is an outcome here, not an error: the state says it and the next try follows.
    } finally {
      this.stopping.signal.removeEventListener('abort', stop);
    }
    return opened ? 'ended' : 'failed';
  }

  private async read(body: ReadableStream<Uint8Array>, attempt: AbortController): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
    const parser = new EventStreamParser();
    for (;;) {
      const silence = setTimeout(() => attempt.abort(), SILENCE_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      for (const message of parser.take(value)) {
        this.lastEventId = message.id ?? this.lastEventId;
        this.listener.onMessage(message);
      }
    }
  }
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}
