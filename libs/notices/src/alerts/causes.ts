/** What an admin would mend once. Equal names are one cause: they share one open alert. */
export const causes = {
  runFailing: (connectionId: string, runKind: string): string => `run-failing:${connectionId}:${runKind}`,
  runOverdue: (connectionId: string): string => `run-overdue:${connectionId}`,
  sweepOverdue: (connectionId: string): string => `sweep-overdue:${connectionId}`,
  runFinished: (runId: string): string => `run-finished:${runId}`,
  runReview: (runId: string): string => `run-review:${runId}`,
  heldReview: (connectionId: string): string => `held-review:${connectionId}`,
  guard: (connectionId: string): string => `guard:${connectionId}`,
  /** Members: `date` (by its expiry date) and `refused` (Entra says so). */
  credential: (connectionId: string): string => `credential:${connectionId}`,
  quarantine: (connectionId: string): string => `quarantine:${connectionId}`,
  subscription: (connectionId: string): string => `subscription:${connectionId}`,
  noticesMissed: (connectionId: string): string => `notices-missed:${connectionId}`,
  deadLetters: (connectionId: string | null): string => `dead-letters:${connectionId ?? 'organisation'}`,
} as const;
