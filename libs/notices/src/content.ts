/** `info`: something ended as it should. `problem`: somebody has to look. `resolved`: the all-clear of a problem. */
export type Severity = 'info' | 'problem' | 'resolved';

export interface LabelledValue {
  readonly label: string;
  readonly value: string;
  /** The value is an instant in ISO 8601: whoever shows it sets it in the reader's zone. */
  readonly isInstant?: true;
}

/** An instant as a fact. */
export function instantFact(label: string, at: Date): LabelledValue {
  return { label, value: at.toISOString(), isInstant: true };
}

/** Opens a page of the console and never acts. A path, since each channel knows under which address it is read. */
export interface PageLink {
  readonly label: string;
  readonly path: string;
}

/** What a notice says, in plain text: every channel sets it in its own way. */
export interface NoticeContent {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly facts: readonly LabelledValue[];
  readonly links: readonly PageLink[];
}
