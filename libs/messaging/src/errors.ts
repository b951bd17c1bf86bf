import type { RetryAdvice } from '#contracts';

/** A record is larger than what the log carries. The producer cuts its pages: this is its bug. */
export class RecordTooLargeError extends Error {
  readonly code = 'RECORD_TOO_LARGE';
  readonly retry: RetryAdvice = 'never';
  constructor(
    readonly eventType: string,
    readonly bytes: number,
    readonly limitBytes: number,
  ) {
    super(`an event of type ${eventType} has ${bytes} bytes, more than the limit of ${limitBytes}`);
    this.name = 'RecordTooLargeError';
  }
}

/** A record is no CloudEvent, or its data breaks the contract of its type: no repetition can help. */
export class InvalidEventError extends Error {
  readonly code = 'INVALID_EVENT';
  readonly retry: RetryAdvice = 'never';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InvalidEventError';
  }
}

/** A handler did not end within its deadline. It may still be at work: handlers are safe to repeat. */
export class HandlerTimeoutError extends Error {
  readonly code = 'HANDLER_TIMEOUT';
  readonly retry: RetryAdvice = 'later';
  constructor(
    readonly handler: string,
    readonly deadlineMs: number,
  ) {
    super(`${handler} did not end within ${deadlineMs} ms`);
    this.name = 'HandlerTimeoutError';
  }
}

/** The handlers of an app do not fit its list of events: it must not start. */
export class HandlerRegistryError extends Error {
  readonly code = 'HANDLER_REGISTRY';
  readonly retry: RetryAdvice = 'never';
  constructor(message: string) {
    super(message);
    this.name = 'HandlerRegistryError';
  }
}

/** Kafka did not answer in time. */
export class LogUnavailableError extends Error {
  readonly code = 'LOG_UNAVAILABLE';
  readonly retry: RetryAdvice = 'later';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LogUnavailableError';
  }
}
