import { isTracing, openSpan, TRACEPARENT, type Span } from '#tracing';
import type { LogRecord, RecordBatch } from '../log-engine.js';

export interface ProcessSpansOptions {
  readonly group: string;
  readonly system: string;
}

/**
 * The `process` spans of one batch: one for each trace in it, and one for all records of no trace. So the thousand events of one page
 * of members are a span for each partition, not a thousand.
 */
export class ProcessSpans {
  private readonly spans = new Map<string | null, Span>();

  constructor(
    private readonly options: ProcessSpansOptions,
    private readonly batch: Pick<RecordBatch, 'topic' | 'partition'>,
  ) {}

  /** What `work` does with the record is inside its span, below the one that sent it. */
  run<Result>(record: LogRecord, work: () => Promise<Result>): Promise<Result> {
    if (!isTracing()) return work();
    const parent = record.headers[TRACEPARENT] ?? null;
    const span = this.spans.get(parent) ?? this.open(parent);
    this.spans.set(parent, span);
    span.count({ 'messaging.batch.message_count': 1 });
    return span.run(work);
  }

  end(): void {
    for (const span of this.spans.values()) span.end();
  }

  private open(parent: string | null): Span {
    const { topic, partition } = this.batch;
    return openSpan(`process ${topic}`, {
      kind: 'consumer',
      parent,
      attributes: {
        'messaging.system': this.options.system,
        'messaging.operation.type': 'process',
        'messaging.operation.name': 'process',
        'messaging.destination.name': topic,
        'messaging.destination.partition.id': String(partition),
        'messaging.consumer.group.name': this.options.group,
      },
    });
  }
}
