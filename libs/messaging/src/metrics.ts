/** What became of one delivery. `unknown-type` and `not-for-us` (a replay for another group) are skipped. */
export type DeliveryOutcome = 'handled' | 'unknown-type' | 'not-for-us' | 'redeliver' | 'delay' | 'dead-letter';

export interface HandledDelivery {
  readonly group: string;
  /** The handler's name; empty where no handler was found. */
  readonly handler: string;
  readonly outcome: DeliveryOutcome;
  readonly durationMs: number;
}

/** Counters that apps wire to Prometheus. Labels never hold ids of customers: their number must stay small. */
export interface MessagingMetrics {
  published(topic: string, records: number): void;
  publishFailed(): void;
  handled(delivery: HandledDelivery): void;
  lag(group: string, topic: string, partition: number, records: number): void;
}

export const noMetrics: MessagingMetrics = { published() {}, publishFailed() {}, handled() {}, lag() {} };
