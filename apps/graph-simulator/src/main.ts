import pino from 'pino';
import { readConfig } from './config.js';
import { startSimulator } from './simulator.js';

/** The simulator as a process: one line of JSON on stdout with the addresses, then quiet until it is told to end. */
async function main(): Promise<void> {
  const log = pino({ level: 'warn' }, pino.destination(2));
  const simulator = await startSimulator({ ...readConfig(), log });
  const { control: _control, stop, caPem: _caPem, ...addresses } = simulator;
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`graph-simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
