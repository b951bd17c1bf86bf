import { StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { z } from 'zod';

/** For lists that are also a file: all of it, not a page. */
export const formatSchema = z
  .enum(['json', 'csv'])
  .optional()
  .meta({ description: 'csv: all of it as a file, not a page of it; also asked for by Accept: text/csv' });

export function wantsCsv(format: z.output<typeof formatSchema>, accept: string | undefined): boolean {
  return format === undefined ? /^\s*text\/csv\b/i.test(accept ?? '') : format === 'csv';
}

/** Without it spreadsheets take UTF-8 for another encoding, and names lose their letters. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A download of this name, piece by piece as the lines come. */
export function csvFile(name: string, lines: AsyncIterable<string>): StreamableFile {
  return new StreamableFile(Readable.from(marked(lines)), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}

async function* marked(lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK;
  yield* lines;
}

/**
 * A line of CSV (RFC 4180). Names come from the tenant, so a cell that a spreadsheet would take for a formula is defused by an
 * apostrophe.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const defused = /^\s*[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
