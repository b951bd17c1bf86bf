import { context, propagation, ROOT_CONTEXT, trace, type Context, type Link } from '@opentelemetry/api';
import { isTracing } from './is-tracing.js';

/** The name of the W3C header, in HTTP and in the records of the log. */
export const TRACEPARENT = 'traceparent';

/**
 * The span in work as W3C text (`00-<trace id>-<span id>-<flags>`), to be written beside work that goes on later or elsewhere: into a
 * row, or a header. Null where nothing is traced.
 */
export function currentTraceparent(): string | null {
  if (!isTracing()) return null;
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier[TRACEPARENT] ?? null;
}

/** What a log line says of the span in work; undefined where nothing is traced. Named as OpenTelemetry names them in JSON logs. */
export function currentTraceIds(): { readonly trace_id: string; readonly span_id: string } | undefined {
  if (!isTracing()) return undefined;
  const found = trace.getSpanContext(context.active());
  return found === undefined ? undefined : { trace_id: found.traceId, span_id: found.spanId };
}

/** A text that is no traceparent begins a new trace, as W3C wants it. */
export function contextOf(traceparent: string | null): Context {
  return traceparent === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { [TRACEPARENT]: traceparent });
}

/** Other work that a span goes back to, each once and at most 32. */
export function linksTo(traceparents: readonly (string | null)[]): Link[] {
  return [...new Set(traceparents)].slice(0, MAX_LINKS).flatMap((traceparent) => {
    const found = trace.getSpanContext(contextOf(traceparent));
    return found === undefined ? [] : [{ context: found }];
  });
}

const MAX_LINKS = 32;
