/** A column of a CSV file: its heading, and what a row has in it. */
export type CsvColumn<Row> = readonly [heading: string, value: (row: Row) => string | number | boolean | null | undefined];

/**
 * Rows as CSV (RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8). Texts that a spreadsheet would run as a
 * formula are defused with an apostrophe: names come from the directory, and anybody may have chosen theirs.
 */
export function toCsv<Row>(rows: readonly Row[], columns: readonly CsvColumn<Row>[]): string {
  const lines = [columns.map(([heading]) => heading), ...rows.map((row) => columns.map(([, value]) => value(row)))];
  return `\uFEFF${lines.map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
}

/** What an object holds, as the text of one cell; nothing where there is none. */
export const jsonCell = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));

function csvField(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
