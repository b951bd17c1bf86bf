export interface PaletteEntry {
  readonly key: string;
  readonly label: string;
  /** Where the entry belongs: page, connection, group, person, action. */
  readonly kind: string;
  readonly href: string;
}

/** Fewer letters mean a name: the "a" in "page" would find every page. */
const LEAST_OF_KIND = 3;

/** The entries that hold every word of the text; those that begin with it first. A kind is named by its beginning. Pure. */
export function findEntries(entries: readonly PaletteEntry[], text: string): PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = ({ label, kind }: PaletteEntry, word: string) =>
    label.toLowerCase().includes(word) || (word.length >= LEAST_OF_KIND && kind.startsWith(word));
  const found = entries.filter((entry) => words.every((word) => holds(entry, word)));
  const [first] = words;
  if (first === undefined) return found;
  const rank = ({ label }: PaletteEntry) => (label.toLowerCase().startsWith(first) ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b));
}
