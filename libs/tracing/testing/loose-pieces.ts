import type { ReceivedSpan } from './read-spans.js';

/** What keeps these spans from being one trace: roots beyond the first, and spans whose parent is not among them. Empty: they are one. */
export function loosePieces(trace: readonly ReceivedSpan[]): ReceivedSpan[] {
  const ids = new Set(trace.map(({ spanId }) => spanId));
  const roots = trace.filter(({ parentSpanId }) => parentSpanId === '');
  const orphans = trace.filter(({ parentSpanId }) => parentSpanId !== '' && !ids.has(parentSpanId));
  return [...roots.slice(1), ...orphans];
}
