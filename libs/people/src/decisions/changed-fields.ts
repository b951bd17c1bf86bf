import { ownedFields, type OwnedField } from '#contracts';
import { chooseEmail } from './choose-email.js';
import type { Rules } from './rules.js';
import type { AccountFields, Situation } from './situation.js';

/** What the directory says for the fields of an account; undefined where it was not read. */
export function directoryFields(
  { attributes }: Pick<Situation, 'attributes'>,
  { settings }: Pick<Rules, 'settings'>,
): Partial<AccountFields> {
  const email = chooseEmail(attributes, settings.identity.email);
  const { displayName, givenName, surname, userPrincipalName } = attributes;
  return withoutUndefined({ displayName, givenName, surname, userPrincipalName, email: email ?? undefined });
}

/** The fields that sync would write: those it owns and that differ. A field kept by hand is filled once (invariant 8). */
export function changedFields(situation: Situation, rules: Pick<Rules, 'settings'>): Partial<AccountFields> {
  const { account } = situation;
  if (account === null || situation.userState !== 'present') return {};
  const isOurs = (field: OwnedField) => rules.settings.fields[field]?.owner !== 'manual' || account[field] === null;
  const directory = directoryFields(situation, rules);
  const isPinned = (field: OwnedField) =>
    situation.pins.some((pin) => pin.field === field && pin.state === 'open' && pin.refused === directory[field]);
  const changed = ownedFields.filter(
    (field) => directory[field] !== undefined && directory[field] !== account[field] && isOurs(field) && !isPinned(field),
  );
  return Object.fromEntries(changed.map((field) => [field, directory[field]]));
}

/** Pins on fields of which the directory says something else by now than what was refused. */
export function overtakenFieldPins(situation: Situation, rules: Pick<Rules, 'settings'>): string[] {
  const directory = directoryFields(situation, rules);
  return situation.pins
    .filter(({ field, state, refused }) => state === 'open' && field !== null && (directory[field] ?? null) !== refused)
    .map(({ id }) => id);
}

function withoutUndefined(fields: Partial<Record<OwnedField, string | null | undefined>>): Partial<AccountFields> {
  return Object.fromEntries(Object.entries<string | null | undefined>(fields).filter(([, value]) => value !== undefined));
}
