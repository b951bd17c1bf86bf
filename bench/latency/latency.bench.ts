import { randomUUID } from 'node:crypto';
import type { BenchPostgres } from '../support/bench-postgres.js';
import type { BenchReport, Finding } from '../support/report.js';
import { percentile } from '../support/statistics.js';
import { emptyHops } from './empty-hops.js';
import { liveChanges } from './live-changes.js';

const PACE = { changes: 1_000, perSecond: 50 };

/** `brokers`: on this Kafka; undefined: on the embedded log. */
export async function benchLatency(postgres: BenchPostgres, brokers: string | undefined): Promise<BenchReport> {
  const floor = await emptyHops(await postgres.createDatabase('latency_floor'), brokers, PACE);
  const kafka: Record<string, string> =
    brokers === undefined ? {} : { KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: `bench-${randomUUID()}.` };
  const { known, newcomers } = await liveChanges(await postgres.createDatabase('latency'), kafka, PACE);
  const log = brokers === undefined ? 'the embedded log' : 'Kafka';
  return {
    title: `change to row at ${PACE.perSecond} changes a second, ${log}`,
    floor: `insert into the outbox, relay, ${log}, one upsert, with nothing in them`,
    findings: [
      compare('joins another group, p50', known, floor, 0.5),
      compare('joins another group, p99', known, floor, 0.99),
      compare('newcomer gets an account, p50', newcomers, floor, 0.5),
      compare('newcomer gets an account, p99', newcomers, floor, 0.99),
    ],
  };
}

function compare(what: string, ours: readonly number[], floor: readonly number[], share: number): Finding {
  const [own, least] = [percentile(ours, share), percentile(floor, share)];
  return { what, ours: `${own.toFixed(1)} ms`, floor: `${least.toFixed(1)} ms`, ratio: own / least };
}
