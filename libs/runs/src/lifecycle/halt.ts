export interface Wait {
  readonly kind: 'wait';
  readonly until: Date;
  /** Being asked to wait is no failure. */
  readonly failedAttempt: boolean;
  /** The problem that it waits for; absent where waiting is how it goes. */
  readonly code?: string;
  /** Whoever asks for the wait says himself when it ends for good; else a day without going on is the end. */
  readonly isBounded?: true;
}

/** Why a run does not go on at once: it waits for something, or it cannot go on at all. */
export type Halt = Wait | { readonly kind: 'run'; readonly code: string; readonly message: string };
