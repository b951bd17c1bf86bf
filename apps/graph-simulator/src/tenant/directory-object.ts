export type ObjectKind = 'user' | 'group' | 'device' | 'orgContact' | 'servicePrincipal';

/** `deleted`: soft-deleted, restorable. `purged`: gone for good, kept only so that the history can be told. */
export type ObjectState = 'active' | 'deleted' | 'purged';

export type Attributes = Readonly<Record<string, unknown>>;

/**
 * One object of the directory. Inside the simulator objects go by `handle`, a small integer: a tenant of a million people
 * would not fit in memory with 36 characters for each mention. Only what was ever set stands in `attributes`.
 */
export interface DirectoryObject {
  readonly handle: number;
  readonly id: string;
  readonly kind: ObjectKind;
  readonly state: ObjectState;
  readonly attributes: Attributes;
}

/** A text property, or the empty text where it is not set. */
export function textOf({ attributes }: Pick<DirectoryObject, 'attributes'>, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' ? value : '';
}
