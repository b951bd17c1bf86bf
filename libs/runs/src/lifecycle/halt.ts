/** Why a run does not go on at once: it waits for something, or it cannot go on at all. */
export type Halt =
  | { readonly kind: 'wait'; readonly until: Date; readonly failedAttempt: boolean }
  | { readonly kind: 'run'; readonly code: string; readonly message: string };
