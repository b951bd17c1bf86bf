import { z } from 'zod';
import type { SimulatorOptions } from './simulator-options.js';

export const environmentSchema = z.object({
  SIMULATOR_DATA_DIR: z.string().min(1).optional(),
  SIMULATOR_GRAPH_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  SIMULATOR_PAGE_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  SIMULATOR_HOST: z.string().min(1).default('127.0.0.1'),
});

/** The environment of the simulator as a process of its own; all faults are reported together. A port of 0: the last one, or a free one. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): SimulatorOptions {
  const parsed = environmentSchema.safeParse(env);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  }
  const { SIMULATOR_DATA_DIR, SIMULATOR_GRAPH_PORT, SIMULATOR_PAGE_PORT, SIMULATOR_HOST } = parsed.data;
  return {
    dataDir: SIMULATOR_DATA_DIR ?? null,
    graphPort: SIMULATOR_GRAPH_PORT,
    pagePort: SIMULATOR_PAGE_PORT,
    host: SIMULATOR_HOST,
  };
}
