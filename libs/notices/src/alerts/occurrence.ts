import type { NoticeContent, Severity } from '../content.js';
import type { NoticeKind } from '../kinds.js';

interface OccurrenceBase {
  readonly organisationId: string;
  readonly connectionId: string | null;
  /** When it was so: of two words on the same thing the newer one holds, in whatever order they come. */
  readonly at: Date;
}

/** Something is wrong. A cause is one thing that an admin would mend once; its members are the parts that are affected. */
export interface Raise extends OccurrenceBase {
  readonly effect: 'raise';
  readonly kind: NoticeKind;
  readonly cause: string;
  /** A group, a subscription; empty where the cause has no parts. The alert ends when no member is raised any more. */
  readonly member: string;
  /** How far it has come, such as `14-days`; each stage is told once. */
  readonly stage: string;
  /** Breaks quiet hours: the guard holds, or access is lost. */
  readonly isUrgent: boolean;
  /** Looked up rather than reported: the same stage seen again is no news and is not counted. */
  readonly isStanding: boolean;
  readonly content: NoticeContent;
}

/** It is right again, for one member, or with `member: null` for all. */
export interface Settle extends OccurrenceBase {
  readonly effect: 'settle';
  readonly cause: string;
  readonly member: string | null;
  /** How it ended, for the all-clear. */
  readonly sentence: string;
}

/** Whatever is open of a connection does not apply any more. */
export interface SettleAll extends OccurrenceBase {
  readonly effect: 'settleAll';
  readonly connectionId: string;
  readonly sentence: string;
}

/** Happened and over: told once, never open. */
export interface Tell extends OccurrenceBase {
  readonly effect: 'tell';
  readonly kind: NoticeKind;
  readonly cause: string;
  readonly severity: Severity;
  readonly content: NoticeContent;
}

/** What a fact means for notices. Pure functions derive them from events; `hearFact` acts on them. */
export type Occurrence = Raise | Settle | SettleAll | Tell;
