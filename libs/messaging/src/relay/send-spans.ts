import { isTracing, openSpan, TRACEPARENT, type Span } from '#tracing';
import type { PublishedRecord } from '../log-engine.js';

type Sent = Pick<PublishedRecord, 'topic' | 'headers'>;

/**
 * Publishes a batch as one `send` span for each trace and topic in it, not one for each record, and hands out the headers by which
 * their readers go on below those spans. Records of no trace have none.
 */
export async function whileTracingSends(
  records: readonly Sent[],
  system: string,
  publish: (traceHeaders: readonly Readonly<Record<string, string>>[]) => Promise<void>,
): Promise<void> {
  if (!isTracing()) return publish([]);
  const spans = new Map<string, Span>();
  const headers = records.map((record) => headersUnder(spanOf(spans, record, system)));
  try {
    await publish(headers);
  } catch (error) {
    for (const span of spans.values()) span.fail(error);
    throw error;
  } finally {
    for (const span of spans.values()) span.end();
  }
}

function spanOf(spans: Map<string, Span>, { topic, headers }: Sent, system: string): Span | undefined {
  const parent = headers[TRACEPARENT];
  if (parent === undefined) return undefined;
  const name = `${topic} ${parent}`;
  const span = spans.get(name) ?? openSendSpan(topic, parent, system);
  spans.set(name, span);
  span.count({ 'messaging.batch.message_count': 1 });
  return span;
}

function openSendSpan(topic: string, parent: string, system: string): Span {
  return openSpan(`send ${topic}`, {
    kind: 'producer',
    parent,
    attributes: {
      'messaging.system': system,
      'messaging.operation.type': 'send',
      'messaging.operation.name': 'send',
      'messaging.destination.name': topic,
    },
  });
}

function headersUnder(span: Span | undefined): Record<string, string> {
  const traceparent = span?.traceparent ?? null;
  return traceparent === null ? {} : { [TRACEPARENT]: traceparent };
}
