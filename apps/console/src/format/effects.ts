import { reasonWords } from './reasons.js';

/** What an effect did, in the words of the person it happened to. The type is the CloudEvents type. */
const VERBS: Readonly<Record<string, string>> = {
  'rollcall.account.created': 'Account created',
  'rollcall.account.updated': 'Account updated',
  'rollcall.account.activated': 'Activated',
  'rollcall.account.deactivated': 'Deactivated',
  'rollcall.account.reactivated': 'Reactivated',
  'rollcall.membership.granted': 'Joined',
  'rollcall.membership.revoked': 'Left',
  'rollcall.membership.held': 'Removal held',
};

export type Tone = 'good' | 'bad' | 'warning' | 'plain';

const TONES: Readonly<Record<string, Tone>> = {
  'rollcall.account.created': 'good',
  'rollcall.account.activated': 'good',
  'rollcall.account.reactivated': 'good',
  'rollcall.membership.granted': 'good',
  'rollcall.account.deactivated': 'bad',
  'rollcall.membership.revoked': 'bad',
  'rollcall.membership.held': 'warning',
};

export const effectVerb = (type: string): string => VERBS[type] ?? type.replace(/^rollcall\./, '');

export const effectTone = (type: string): Tone => TONES[type] ?? 'plain';

/** In the order in which a person is read. */
const FIELDS: Readonly<Record<string, string>> = {
  displayName: 'display name',
  givenName: 'given name',
  surname: 'surname',
  email: 'mail address',
  userPrincipalName: 'user principal name',
  status: 'status',
  roles: 'roles',
  protected: 'protected',
  code: 'reason',
  reason: 'reason',
};
const ORDER = Object.keys(FIELDS);

export const fieldName = (field: string): string => FIELDS[field] ?? field;

export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What is said elsewhere in the same row: the group by its name, that sync did it, that it is held. */
const BESIDE = new Set(['groupId', 'source', 'held']);

/** The fields that differ between before and after, as texts. */
export function changedFields(
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>> | null,
): FieldChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter((name) => !BESIDE.has(name));
  return names
    .map((field) => ({ field, before: valueOf(field, before), after: valueOf(field, after) }))
    .filter((change) => change.before !== change.after)
    .sort((one, other) => place(one) - place(other));
}

const place = ({ field }: FieldChange) => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length);

/** "mail address: old → new"; what there was not before is only named. */
export function changeText({ field, before, after }: FieldChange): string {
  return `${fieldName(field)}: ${before === '' ? '' : `${before} → `}${after || 'nothing'}`;
}

/** A reason is a code, and read as words. */
function valueOf(field: string, values: Readonly<Record<string, unknown>> | null): string {
  const text = textOf(values?.[field]);
  return field === 'code' || field === 'reason' ? reasonWords(text) : text;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : JSON.stringify(value);
}

const CAUSES: Readonly<Record<string, string>> = {
  event: 'change in Entra',
  run: 'sync run',
  person: 'by hand',
  recheck: 'second look',
  settings: 'changed settings',
};

export const causeName = (kind: string): string => CAUSES[kind] ?? kind;
