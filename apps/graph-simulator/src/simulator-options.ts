import type { FaultInput } from './faults/fault.js';
import type { BehavioursInput } from './faults/behaviours.js';
import type { SimulatorControl } from './control/simulator-control.js';
import type { SeedOptions } from './tenant/seed.js';

export interface SimulatorOptions {
  /** Folder that the tenant is kept in; null: in memory only. */
  readonly dataDir?: string | null;
  /** 0: the saved port, or a free one. */
  readonly graphPort?: number;
  readonly pagePort?: number;
  /** Interface to listen on; loopback unless told otherwise. */
  readonly host?: string;
  readonly seed?: SeedOptions;
  readonly behaviours?: BehavioursInput;
  readonly faults?: readonly FaultInput[];
  /** The host's time, which the simulated clock is ahead of by what it was moved. */
  readonly clock?: () => Date;
  /** Chance for faults, 0 to 1. */
  readonly random?: () => number;
  readonly log?: SimulatorLog;
}

export interface SimulatorLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface RunningSimulator {
  /** Origin of Graph, `https://localhost:<port>`; `/v1.0` follows. */
  readonly graphBaseUrl: string;
  /** Origin of Entra; the same server. */
  readonly authorityHost: string;
  readonly caPem: string;
  /** Where the CA stands as a file; null without a data folder. */
  readonly caFile: string | null;
  readonly pageUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** In order of creation; of the default tenant the first has 25 usable people. */
  readonly groups: readonly { readonly id: string; readonly displayName: string }[];
  readonly control: SimulatorControl;
  stop(): Promise<void>;
}
