/** One line of Postgres' COPY text format: tab-separated, backslash-escaped, `\N` for null. */
export function copyRow(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map((value) => (value === null ? '\\N' : escapeCopyText(String(value)))).join('\t')}\n`;
}

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

function escapeCopyText(text: string): string {
  return text.replace(/[\\\t\n\r\b\f\v]/g, (character) => ESCAPES[character] ?? character);
}
