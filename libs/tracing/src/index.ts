export { isTracing } from './is-tracing.js';
export { currentSpan, inSpan, openSpan, type Span, type SpanAttributes, type SpanOptions } from './span.js';
export { startTracing, type Tracing, type TracingOptions } from './start-tracing.js';
export { currentTraceIds, currentTraceparent, TRACEPARENT } from './traceparent.js';
