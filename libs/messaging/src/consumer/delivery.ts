import type { CloudEvent, EventDefinition } from '#contracts';

/** A record's place in the order of its log; of two in one partition the one with the greater offset was published later. */
export interface LogPlace {
  readonly partition: number;
  readonly offset: number;
}

/** One record on its way to a handler, checked against the contract of its type. */
export interface Delivery<Definition extends EventDefinition = EventDefinition> {
  readonly event: CloudEvent<Definition>;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Where the fact stands in the order of its log: a replayed dead letter keeps the place of the record that could not be taken. */
  readonly place: LogPlace;
  /** 1 for the first; a restart of the process counts anew. */
  readonly attempt: number;
  /** When the relay handed it to the log; null where the producer was not ours. */
  readonly publishedAt: Date | null;
}

/**
 * Takes one delivery and returns when its effects are durable. It must be safe to repeat: a crash before the offset's commit
 * delivers again. Throwing asks for redelivery, see `classifyFailure`.
 */
export type Handler = (delivery: Delivery) => Promise<void>;

/** Wraps handlers; the name is that of the innermost one. */
export type Middleware = (next: Handler, handlerName: string) => Handler;

export interface RegisteredHandler {
  /** Stable: it is the metric label and the log field. */
  readonly name: string;
  readonly definition: EventDefinition;
  readonly handle: Handler;
}
