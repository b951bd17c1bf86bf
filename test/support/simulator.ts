import { onTestFinished } from 'vitest';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../apps/graph-simulator/src/index.js';

/** A simulated tenant in this process, in memory and on free ports. It ends with the test. */
export async function withSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.stop());
  return simulator;
}

/** For one that a whole file shares: the file stops it. */
export { startSimulator, type RunningSimulator };
