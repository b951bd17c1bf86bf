/** What a failure says of itself, as a sentence that stands alone: some begin in the middle of one. */
export function asSentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]["”’)]?$/.test(begun) ? begun : `${begun}.`;
}
