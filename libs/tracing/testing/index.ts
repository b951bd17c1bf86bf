export { loosePieces } from './loose-pieces.js';
export { OtlpReceiver } from './otlp-receiver.js';
export type { AttributeValue, ReceivedSpan } from './read-spans.js';
