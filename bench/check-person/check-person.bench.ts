import type { BenchPostgres } from '../support/bench-postgres.js';
import type { BenchReport, Finding } from '../support/report.js';
import { percentile } from '../support/statistics.js';
import { checkPeople } from './check-people.js';

const MEMBERS = 10_000;
const PACE = { checks: 500, perSecond: 5 };
/** What a check may take beside Graph's own time, p99. */
const PROMISED_MS = 2_000;

export async function benchCheckPerson(postgres: BenchPostgres): Promise<BenchReport> {
  const { answered, applied, graphForAnswer, graphForApplying } = await checkPeople(
    await postgres.createDatabase('check_person'),
    MEMBERS,
    PACE,
  );
  return {
    title: `check-person, ${PACE.perSecond} a second among ${MEMBERS.toLocaleString('en')} people`,
    floor: 'the same requests to Graph by the bare client, one after the other; beside them: the promised 2 s',
    findings: [
      compare('answer, p50', answered, graphForAnswer, 0.5),
      compare('answer, p99', answered, graphForAnswer, 0.99),
      compare('applied, p50', applied, graphForApplying, 0.5),
      compare('applied, p99', applied, graphForApplying, 0.99),
      besideGraph('answer, p99, beside the time of Graph', answered, graphForAnswer),
      besideGraph('applied, p99, beside the time of Graph', applied, graphForApplying),
    ],
  };
}

function compare(what: string, ours: readonly number[], floor: readonly number[], share: number): Finding {
  const [own, least] = [percentile(ours, share), percentile(floor, share)];
  return { what, ours: inMs(own), floor: inMs(least), ratio: own / least };
}

/** Against Graph's median: its own slowest answers are not to excuse ours. */
function besideGraph(what: string, ours: readonly number[], graph: readonly number[]): Finding {
  const beside = percentile(ours, 0.99) - percentile(graph, 0.5);
  return { what, ours: inMs(beside), floor: inMs(PROMISED_MS), ratio: beside / PROMISED_MS };
}

const inMs = (ms: number): string => `${ms.toFixed(1)} ms`;
