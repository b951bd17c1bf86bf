import type { EmailSource, UserAttributes } from '#contracts';

/** The first usable address in the order of `identity.email`; null where there is none. Trimmed, in the writing of the directory. */
export function chooseEmail(attributes: UserAttributes, order: readonly EmailSource[]): string | null {
  for (const source of order) {
    const usable = addressesOf(attributes, source).find(isUsable);
    if (usable !== undefined) return usable;
  }
  return null;
}

/** Addresses are compared without case. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

/** The email rules of the scope: every exclusion must be missing, and one inclusion present where there are any. */
export function passesEmailRules(email: string, include: readonly string[], exclude: readonly string[]): boolean {
  const key = emailKey(email);
  const contains = (text: string) => key.includes(text.toLowerCase());
  return !exclude.some(contains) && (include.length === 0 || include.some(contains));
}

function addressesOf(attributes: UserAttributes, source: EmailSource): string[] {
  const value = source === 'otherMails' ? (attributes.otherMails ?? []) : [attributes[source]];
  return value.filter((address) => typeof address === 'string').map((address) => address.trim());
}

function isUsable(address: string): boolean {
  const parts = address.split('@');
  return (
    parts.length === 2 && parts.every((part) => part !== '') && !/\s/.test(address) && !address.toUpperCase().includes('#EXT#')
  );
}
