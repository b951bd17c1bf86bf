import type { BenchPostgres } from '../support/bench-postgres.js';
import type { BenchReport, Finding } from '../support/report.js';
import { firstFullSync, type FirstFullSync } from './first-full-sync.js';

/** Ten thousand and a million stand beside each other to show that memory does not grow; 100,000 is the ordinary large group. */
export const DEFAULT_MEMBERS = [10_000, 100_000, 1_000_000];

export async function benchFullSync(postgres: BenchPostgres, sizes: readonly number[]): Promise<BenchReport> {
  const syncs: FirstFullSync[] = [];
  for (const members of sizes) {
    const database = await postgres.createDatabase(`full_sync_${members}`);
    syncs.push(await firstFullSync(database, members));
  }
  return {
    title: 'first full sync, end to end',
    floor: 'the bare Graph client reading the same pages, plus plain COPY of the same rows; for memory the first size',
    findings: [...syncs.flatMap(timeFindings), ...memoryFindings(syncs)],
  };
}

function timeFindings({ members, seconds, legs, timeLeft, readSeconds, copySeconds }: FirstFullSync): Finding[] {
  const size = members.toLocaleString('en');
  const floor = readSeconds + copySeconds;
  const legsText = Object.entries(legs).map(([leg, spent]) => `${leg} ${inSeconds(spent)}`);
  return [
    { what: `${size} members`, ours: inSeconds(seconds), floor: inSeconds(floor), ratio: seconds / floor },
    { what: `  to reading alone`, ours: inSeconds(seconds), floor: inSeconds(readSeconds), ratio: seconds / readSeconds },
    { what: `  to COPY alone`, ours: inSeconds(seconds), floor: inSeconds(copySeconds), ratio: seconds / copySeconds },
    ...timeLeft.map(({ phase, saidSeconds, trueSeconds }) => ({
      what: `  time left after a tenth of ${phase}, said to true`,
      ours: inSeconds(saidSeconds),
      floor: inSeconds(trueSeconds),
      ratio: saidSeconds / trueSeconds,
    })),
    { what: `  ${legsText.join(', ')}`, ours: '', floor: '', ratio: null },
  ];
}

function memoryFindings(syncs: readonly FirstFullSync[]): Finding[] {
  const least = syncs[0]?.peakMiB ?? null;
  return syncs.map(({ members, peakMiB }) => ({
    what: `peak memory at ${members.toLocaleString('en')} members`,
    ours: inMiB(peakMiB),
    floor: inMiB(least),
    ratio: peakMiB === null || least === null ? null : peakMiB / least,
  }));
}

const inSeconds = (seconds: number): string => `${seconds.toFixed(1)} s`;
const inMiB = (size: number | null): string => (size === null ? '–' : `${size} MiB`);
