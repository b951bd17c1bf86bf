const DAY_MS = 24 * 60 * 60 * 1000;
const STAGES_DAYS = [1, 7, 14, 30] as const;

export interface CredentialStage {
  /** `expired`, or such as `14-days`; each is told once. */
  readonly stage: string;
  readonly daysLeft: number;
  readonly isExpired: boolean;
}

/** How near the end of a secret is; null while it is more than 30 days away. */
export function credentialStage(expiresAt: Date, now: Date): CredentialStage | null {
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return { stage: 'expired', daysLeft: 0, isExpired: true };
  const reached = STAGES_DAYS.find((days) => leftMs <= days * DAY_MS);
  return reached === undefined ? null : { stage: `${reached}-days`, daysLeft: Math.ceil(leftMs / DAY_MS), isExpired: false };
}
