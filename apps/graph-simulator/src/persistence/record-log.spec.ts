import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecordLog } from './record-log.js';

describe('the record log', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'record-log-'));
    file = join(folder, 'log.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has a record on the disk when append returns', () => {
    const { log } = openRecordLog(file);
    log.append({ a: 'ü' });
    expect(readFileSync(file, 'utf8')).toBe('{"a":"ü"}\n');
    log.close();
  });

  it('drops a last line that was cut, and goes on after it', () => {
    writeFileSync(file, '{"a":1}\n{"a":"ü"}\n');
    appendFileSync(file, '{"a":3');
    const { records, log } = openRecordLog(file);
    expect(records).toEqual([{ a: 1 }, { a: 'ü' }]);
    log.append({ a: 4 });
    log.close();
    expect(openRecordLog(file).records).toEqual([{ a: 1 }, { a: 'ü' }, { a: 4 }]);
  });

  it('refuses a damaged line in the middle', () => {
    writeFileSync(file, '{"a":1}\nnonsense\n{"a":2}\n');
    expect(() => openRecordLog(file)).toThrow(/Line 2 of .* is damaged/);
  });
});
