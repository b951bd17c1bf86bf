/** What Postgres takes neither as text nor in jsonb: U+0000, and the half of a surrogate pair that a cut in the middle left. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const EVERY_UNSTORABLE = new RegExp(UNSTORABLE, 'gu');

export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** The same text with a replacement character in each place that cannot be stored: what others wrote is kept, not refused. */
export function toStorable(text: string): string {
  return isStorable(text) ? text : text.replace(EVERY_UNSTORABLE, '\uFFFD');
}
