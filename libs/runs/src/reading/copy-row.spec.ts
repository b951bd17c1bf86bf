import { describe, expect, it } from 'vitest';
import { copyRow } from './copy-row.js';

describe('a row for COPY', () => {
  it('separates by tabs, ends with a newline and writes null as \\N', () => {
    expect(copyRow(['a', null, 3, true])).toBe('a\t\\N\t3\ttrue\n');
  });

  it('escapes what would end the value, the row or the text', () => {
    expect(copyRow(['a\tb\nc\\d\re', '\\N'])).toBe('a\\tb\\nc\\\\d\\re\t\\\\N\n');
  });
});
