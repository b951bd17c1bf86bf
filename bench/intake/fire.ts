import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../test/support/child-process.js';

export interface Salvo {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
}

interface CannonReport {
  readonly requests: { readonly average: number };
  readonly latency: { readonly p99: number };
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
}

const run = promisify(execFile);
const CONNECTIONS = 64;

/** Posts the body over and over, from a process of its own. Throws where one answer was not a 2xx. */
export async function fire(url: string, body: unknown, seconds: number): Promise<Salvo> {
  const file = join(tmpdir(), `rollcall-bench-${process.pid}.json`);
  await writeFile(file, JSON.stringify(body));
  try {
    const { stdout } = await run(
      process.execPath,
      [
        join(projectRoot, 'node_modules/autocannon/autocannon.js'),
        ...['--json', '--connections', String(CONNECTIONS), '--duration', String(seconds), '--method', 'POST'],
        ...['--headers', 'content-type=application/json', '--input', file, url],
      ],
      { maxBuffer: 16 * 1024 * 1024 },
    );
    const report = JSON.parse(stdout) as CannonReport;
    if (report.non2xx > 0 || report.errors > 0 || report['2xx'] === 0)
      throw new Error(`${report.non2xx} refused, ${report.errors} failed of ${report['2xx'] + report.non2xx} requests`);
    return { requestsPerSecond: report.requests.average, p99Ms: report.latency.p99 };
  } finally {
    await rm(file, { force: true });
  }
}
