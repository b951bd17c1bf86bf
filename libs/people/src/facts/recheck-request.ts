import type { RecheckReason } from './evidence.js';

/** A fact whose evidence contradicted itself: to be read directly again when it is due. */
export interface RecheckRequest {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly kind: 'membership' | 'user';
  /** The group of a membership; null for a person. */
  readonly groupId: string | null;
  readonly memberId: string;
  readonly reason: RecheckReason;
  readonly dueAt: Date;
}

/** Due once `settle` has passed since delta reported the value that a state read contradicts, else since now. */
export function dueAfterSettle(from: 'now' | Date, now: Date, settleMs: number): Date {
  return new Date((from === 'now' ? now : from).getTime() + settleMs);
}
