import type { BenchPostgres } from '../support/bench-postgres.js';
import type { BenchReport } from '../support/report.js';
import { median } from '../support/statistics.js';
import { startBareRoute } from './bare-route.js';
import { fire, type Salvo } from './fire.js';
import { startIntakeService } from './intake-service.js';

const ROUNDS = 3;
const SECONDS = 5;
const WARM_UP_SECONDS = 2;

/** Both servers live in this process and are fired at in turn, so that neither has a quieter machine. */
export async function benchIntake(postgres: BenchPostgres): Promise<BenchReport> {
  const { url, batch, service } = await startIntakeService(await postgres.createDatabase('intake'));
  const bare = await startBareRoute(await postgres.createDatabase('intake_floor'));
  const ours: Salvo[] = [];
  const floor: Salvo[] = [];
  try {
    const body = { value: batch };
    for (const target of [url, bare.url]) await fire(target, body, WARM_UP_SECONDS);
    for (let round = 0; round < ROUNDS; round += 1) {
      floor.push(await fire(bare.url, body, SECONDS));
      ours.push(await fire(url, body, SECONDS));
    }
  } finally {
    await bare.stop();
    await service.stop();
  }
  const rate = { ours: median(ours.map(rateOf)), floor: median(floor.map(rateOf)) };
  const p99 = { ours: median(ours.map(p99Of)), floor: median(floor.map(p99Of)) };
  return {
    title: 'webhook intake, 10 notifications a request',
    floor: 'a bare Fastify route that keeps the same batch by one insert and checks nothing',
    findings: [
      { what: 'requests a second', ours: rate.ours.toFixed(0), floor: rate.floor.toFixed(0), ratio: rate.ours / rate.floor },
      { what: 'p99', ours: `${p99.ours} ms`, floor: `${p99.floor} ms`, ratio: p99.ours / p99.floor },
    ],
  };
}

const rateOf = ({ requestsPerSecond }: Salvo): number => requestsPerSecond;
const p99Of = ({ p99Ms }: Salvo): number => p99Ms;
