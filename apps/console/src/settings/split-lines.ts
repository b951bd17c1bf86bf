/** The lines of a text field as a list. The last line may be empty while it is being typed. */
export function splitLines(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
