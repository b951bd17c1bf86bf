import { bytesOf, numberOf, wireFields } from './wire.js';

export type AttributeValue = string | number | boolean;

/** A span as the receiver got it. Ids are hexadecimal; a root's parent is empty. */
export interface ReceivedSpan {
  readonly service: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer' | 'unspecified';
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly links: readonly string[];
  readonly failed: boolean;
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const STATUS_ERROR = 2;

/** The spans of an `ExportTraceServiceRequest`, by the field numbers of opentelemetry-proto. */
export function readSpans(request: Buffer): ReceivedSpan[] {
  return bytesOf(request, 1).flatMap((resourceSpans) => {
    const service = String(bytesOf(resourceSpans, 1).map((resource) => readAttributes(resource, 1))[0]?.['service.name'] ?? '');
    return bytesOf(resourceSpans, 2).flatMap((scope) => bytesOf(scope, 2).map((span) => readSpan(service, span)));
  });
}

function readSpan(service: string, span: Buffer): ReceivedSpan {
  const [status] = bytesOf(span, 15);
  return {
    service,
    name: textOf(span, 5),
    kind: KINDS[numberOf(span, 6)] ?? 'unspecified',
    traceId: hexOf(span, 1),
    spanId: hexOf(span, 2),
    parentSpanId: hexOf(span, 4),
    attributes: readAttributes(span, 9),
    links: bytesOf(span, 13).map((link) => hexOf(link, 1)),
    failed: status !== undefined && numberOf(status, 3) === STATUS_ERROR,
  };
}

/** The `KeyValue`s in a field of a message. */
function readAttributes(message: Buffer, field: number): Record<string, AttributeValue> {
  return Object.fromEntries(bytesOf(message, field).map((pair) => [textOf(pair, 1), readValue(bytesOf(pair, 2)[0])]));
}

function readValue(value: Buffer | undefined): AttributeValue {
  const [only] = value === undefined ? [] : wireFields(value);
  if (only === undefined) return '';
  if (only.number === 1) return only.value.toString();
  if (only.number === 2) return only.value === 1n;
  if (only.number === 3) return Number(BigInt.asIntN(64, only.value as bigint));
  return (only.value as Buffer).readDoubleLE(0);
}

const textOf = (message: Buffer, field: number) => bytesOf(message, field)[0]?.toString('utf8') ?? '';
const hexOf = (message: Buffer, field: number) => bytesOf(message, field)[0]?.toString('hex') ?? '';
