import type { Draft } from './draft.js';
import type { Obstacle } from './obstacle.js';
import type { StepKey } from './steps.js';

/** What every step of the wizard gets. */
export interface StepProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly secret: string;
  readonly setSecret: (secret: string) => void;
  /** Another one for each text of the secret, so that an answer to one is never taken for that to another. */
  readonly secretNo: number;
  /** Null on the first step. */
  readonly back: (() => void) | null;
  readonly next: () => void;
  /** What keeps this step from leading on. */
  readonly obstacle: Obstacle | null;
  /** Goes on although permissions are missing. */
  readonly pass: () => void;
  readonly go: (step: StepKey) => void;
}
