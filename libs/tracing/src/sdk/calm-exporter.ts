import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Log } from '#contracts';

/** Says once that the receiver does not take spans, and once that it does again, with how many were lost; not with each batch. */
export class CalmExporter implements SpanExporter {
  private lost = 0;

  constructor(
    private readonly inner: SpanExporter,
    /** For the log; without path and credentials. */
    private readonly receiver: string,
    private readonly log: Log,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.inner.export(spans, (result) => {
      this.hear(result, spans.length);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.inner.forceFlush?.();
  }

  private hear({ code, error }: ExportResult, spans: number): void {
    const { receiver, lost } = this;
    if (code === ExportResultCode.SUCCESS) {
      if (lost > 0) this.log.info({ receiver, lost }, 'the receiver of traces takes spans again');
      this.lost = 0;
      return;
    }
    this.lost += spans;
    if (lost === 0)
      this.log.warn(
        { receiver, reason: reasonOf(error) },
        'the receiver of traces takes no spans; they are dropped until it does',
      );
  }
}

/** Node's error of several tried addresses has a code and no message. */
function reasonOf(error: NodeJS.ErrnoException | undefined): string {
  return error?.message || error?.code || 'it says no reason';
}
