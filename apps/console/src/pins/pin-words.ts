import type { Pin } from '../api/types.js';
import { fieldName } from '../format/effects.js';

const KEPT: Readonly<Record<Pin['keep'], string>> = { in: 'kept in', out: 'kept out' };

const REASONS: Readonly<Record<string, string>> = {
  REJECTED: 'a held change was rejected',
  UNDONE: 'an undo took it back',
  BY_HAND: 'it was decided by hand',
};

/** Who, or what, decided against the directory. Pure. */
export const pinReason = (code: string): string => REASONS[code] ?? code;

type Kept = Pick<Pin, 'keep' | 'groupId' | 'field' | 'refused'>;

/** What is kept against the directory: "kept in Sales", "mail address kept, not “a@x”". Pure. */
export function whatIsKept({ keep, groupId, field, refused }: Kept, groupName: (groupId: string) => string): string {
  if (field !== null) return `${fieldName(field)} kept, not “${refused ?? ''}”`;
  return groupId === null ? `the account is ${KEPT[keep]}` : `${KEPT[keep]} ${groupName(groupId)}`;
}
