import type { OperationName } from './operation-words.js';

/** What a failure of the request means depends on what was being done. */
export type OperationKind =
  'group' | 'object' | 'list' | 'filteredList' | 'delta' | 'subscriptionCreate' | 'subscription' | 'batch';

/** Names a request in errors, metrics and logs, and says which permission it lives on (Graph sheet 2.8). */
export interface GraphOperation {
  readonly name: OperationName;
  readonly kind: OperationKind;
  /** The permission that an admin should grant; null where none would help. */
  readonly permission: string | null;
  /** Whom or what it is about, for the message. */
  readonly object?: string;
}
