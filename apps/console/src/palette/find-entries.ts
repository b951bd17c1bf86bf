export interface PaletteEntry {
  readonly key: string;
  readonly label: string;
  /** Where the entry belongs: page, connection, group, person, action. */
  readonly kind: string;
  readonly href: string;
}

/** The entries that hold every word of the text; those that begin with it first. Pure. */
export function findEntries(entries: readonly PaletteEntry[], text: string): PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter(({ label, kind }) => words.every((word) => `${label} ${kind}`.toLowerCase().includes(word)));
  const [first] = words;
  if (first === undefined) return found;
  const rank = ({ label }: PaletteEntry) => (label.toLowerCase().startsWith(first) ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b));
}
