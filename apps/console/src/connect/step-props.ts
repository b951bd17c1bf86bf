import type { Draft } from './draft.js';
import type { StepKey } from './steps.js';

/** What every step of the wizard gets. */
export interface StepProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly secret: string;
  readonly setSecret: (secret: string) => void;
  /** Null on the first step. */
  readonly back: (() => void) | null;
  readonly next: () => void;
  readonly go: (step: StepKey) => void;
}
