import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';

/**
 * An append-only file of JSON records, one a line. A record is handed to the operating system before `append` returns, so
 * what was answered survives the death of the process. A last line that was cut is dropped when the file is read.
 */
export interface RecordLog {
  append(record: object): void;
  close(): void;
}

export const memoryLog: RecordLog = { append: () => undefined, close: () => undefined };

/** Reads all records and leaves the file open for more. A damaged line that is not the last is an error, never skipped. */
export function openRecordLog(file: string): { records: unknown[]; log: RecordLog } {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) truncateSync(file, Buffer.byteLength(text.slice(0, end)));
  const records = text
    .slice(0, end)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => parseLine(file, line, index + 1));
  const descriptor = openSync(file, 'a', 0o600);
  return {
    records,
    log: {
      append: (record) => {
        writeSync(descriptor, `${JSON.stringify(record)}\n`);
      },
      close: () => closeSync(descriptor),
    },
  };
}

function parseLine(file: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`Line ${number} of ${file} is damaged; the simulated tenant cannot be loaded from it.`, { cause });
  }
}
