/** A notice under the bell, as `GET /notifications` lists it. */
export interface Notice {
  readonly id: string;
  readonly connectionId: string | null;
  readonly kind: string;
  readonly severity: 'info' | 'problem' | 'resolved';
  readonly content: {
    readonly title: string;
    readonly sentences: readonly string[];
    readonly facts: readonly { readonly label: string; readonly value: string }[];
    readonly links: readonly { readonly label: string; readonly path: string }[];
  };
  readonly note: string | null;
  readonly createdAt: string;
  readonly readAt: string | null;
}
