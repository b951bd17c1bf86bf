import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { readConfig } from './config.js';
import { startSimulator } from './simulator.js';

/**
 * The simulator as a process: one line of JSON on stdout with the addresses, the same in `simulator.json` of the data folder,
 * then quiet until it is told to end.
 */
async function main(): Promise<void> {
  const options = readConfig();
  const simulator = await startSimulator({ ...options, log: pino({ level: 'warn' }, pino.destination(2)) });
  const { graphBaseUrl, authorityHost, caFile, pageUrl, tenantId, clientId, clientSecret, groups } = simulator;
  const facts = JSON.stringify({ graphBaseUrl, authorityHost, caFile, pageUrl, tenantId, clientId, clientSecret, groups });
  if (options.dataDir) writeWhole(join(options.dataDir, 'simulator.json'), `${facts}\n`);
  process.stdout.write(`${facts}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop());
}

/** Whoever waits for the file finds it complete. */
function writeWhole(file: string, content: string): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

main().catch((error: unknown) => {
  process.stderr.write(`graph-simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
