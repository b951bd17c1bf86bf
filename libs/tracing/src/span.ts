import {
  context,
  createContextKey,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span as ApiSpan,
} from '@opentelemetry/api';
import { isTracing } from './is-tracing.js';
import { contextOf, currentTraceparent, linksTo } from './traceparent.js';

/**
 * Names by OpenTelemetry's semantic conventions, our own begin with `rollcall.`. Values are codes, counts and ids of Rollcall: never a
 * secret, a token, an address or a person's name (invariant 10). Null and undefined are left out.
 */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface SpanOptions {
  /** `internal` when absent. */
  readonly kind?: 'server' | 'client' | 'producer' | 'consumer';
  /** The traceparent of what led here; null begins a new trace. Absent: the span in work. */
  readonly parent?: string | null;
  /** Further work that led here, as traceparents. */
  readonly links?: readonly (string | null)[];
  readonly attributes?: SpanAttributes;
}

/** A piece of work as traces show it. */
export interface Span {
  /** Everything that `work` calls, also after awaits, is inside the span. */
  run<Result>(work: () => Result): Result;
  /** For what goes on elsewhere as a part of this; null where nothing is traced. */
  readonly traceparent: string | null;
  note(attributes: SpanAttributes): void;
  /** Adds to what was counted before: a span may stand for many messages. */
  count(numbers: Readonly<Record<string, number>>): void;
  /** Only the error's code is kept: its message may hold an address or a name. A text is such a code. */
  fail(error: unknown): void;
  end(): void;
}

const silent: Span = {
  run: (work) => work(),
  traceparent: null,
  note() {},
  count() {},
  fail() {},
  end() {},
};

/** Begins a span that somebody ends later. For the usual case, one function's work, there is `inSpan`. */
export function openSpan(name: string, options: SpanOptions = {}): Span {
  return isTracing() ? new RecordedSpan(name, options) : silent;
}

/** The work of one function as a span; what it throws passes on, and marks the span as failed. */
export async function inSpan<Result>(name: string, options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result> {
  if (!isTracing()) return work(silent);
  const span = openSpan(name, options);
  try {
    return await span.run(() => work(span));
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

/** The span in work, for whoever knows something about it but did not begin it. Harmless where there is none. */
export function currentSpan(): Span {
  if (!isTracing()) return silent;
  const found = context.active().getValue(SPAN);
  return found instanceof RecordedSpan ? found : silent;
}

const SPAN = createContextKey('the span in work');
const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

class RecordedSpan implements Span {
  private readonly span: ApiSpan;
  private readonly inside: Context;
  private readonly counts = new Map<string, number>();

  constructor(name: string, { kind, parent, links = [], attributes = {} }: SpanOptions) {
    const around = parent === undefined ? context.active() : contextOf(parent);
    const spanKind = kind === undefined ? SpanKind.INTERNAL : KINDS[kind];
    this.span = trace.getTracer('rollcall').startSpan(name, { kind: spanKind, links: linksTo(links) }, around);
    this.inside = trace.setSpan(around, this.span).setValue(SPAN, this);
    this.note(attributes);
  }

  get traceparent(): string | null {
    return this.run(currentTraceparent);
  }

  run<Result>(work: () => Result): Result {
    return context.with(this.inside, work);
  }

  note(attributes: SpanAttributes): void {
    for (const [name, value] of Object.entries(attributes))
      if (value !== null && value !== undefined) this.span.setAttribute(name, value);
  }

  count(numbers: Readonly<Record<string, number>>): void {
    for (const [name, number] of Object.entries(numbers)) {
      const sum = (this.counts.get(name) ?? 0) + number;
      this.counts.set(name, sum);
      this.span.setAttribute(name, sum);
    }
  }

  fail(error: unknown): void {
    this.span.setAttribute('error.type', typeOf(error));
    this.span.setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.span.end();
  }
}

/** A code of ours, of Node or of Postgres; else the class. */
function typeOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!(error instanceof Error)) return '_OTHER';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
