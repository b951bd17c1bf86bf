export { classifyFailure, type FailureClass } from './classify-failure.js';
export { Consumer, type ConsumerOptions } from './consumer/consumer.js';
export type { Delivery, Handler, LogPlace, Middleware, RegisteredHandler } from './consumer/delivery.js';
export { currentCorrelationId } from './consumer/middleware/correlation.js';
export { defaultRedelivery, type RedeliveryPolicy } from './consumer/redelivery.js';
export type { DeadLetterFact } from './dead-letters/bury.js';
export { countBurials, countDeadLetters, type DeadLetterCount } from './dead-letters/count-dead-letters.js';
export { EmbeddedLogEngine, type EmbeddedLogOptions } from './embedded-log/embedded-log-engine.js';
export { trimLog } from './embedded-log/trim-log.js';
export {
  HandlerRegistryError,
  HandlerTimeoutError,
  InvalidEventError,
  LogUnavailableError,
  RecordTooLargeError,
} from './errors.js';
export type {
  BatchVerdict,
  LogEngine,
  LogPublisher,
  LogRecord,
  LogSource,
  PartitionLag,
  PublishedRecord,
  Readiness,
  RecordBatch,
  Subscription,
} from './log-engine.js';
export { noMetrics, type DeliveryOutcome, type HandledDelivery, type MessagingMetrics } from './metrics.js';
export { messagingMigrations } from './migrations/index.js';
export { enqueue } from './outbox/enqueue.js';
export type { OutboxRecord } from './outbox/outbox-record.js';
export { outboxStatus, type OutboxStatus } from './outbox/outbox-status.js';
export { OutboxRelay, type OutboxRelayOptions } from './relay/outbox-relay.js';
export { KafkaEngine } from './kafka/kafka-engine.js';
export type { KafkaOptions, KafkaSasl } from './kafka/kafka-client.js';
export { LogStrategy } from './nest/log-strategy.js';
export { OnEvent } from './nest/on-event.js';
export { listDeadLetters, type DeadLetter, type DeadLetterQuery } from './dead-letters/list-dead-letters.js';
export {
  discardDeadLetter,
  replayDeadLetter,
  trimDeadLetters,
  type DeadLetterDecision,
  type SettleResult,
} from './dead-letters/settle-dead-letter.js';
export type { FeedItem } from './feed/feed-item.js';
export { FeedReader, type FeedReaderOptions, type FollowRequest } from './feed/feed-reader.js';
export { FeedWriter } from './feed/feed-writer.js';
export { trimFeed } from './feed/trim-feed.js';
export { MAX_RECORD_BYTES } from './outbox/outbox-record.js';
