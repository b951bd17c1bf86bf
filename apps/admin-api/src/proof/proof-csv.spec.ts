import { expect, it } from 'vitest';
import { csvLine } from './proof-csv.js';

it.each([
  ['plain', 'plain'],
  ['with, comma', '"with, comma"'],
  ['with "quotes"', '"with ""quotes"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("http://example.com")', `"'=HYPERLINK(""http://example.com"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  [' =1', "' =1"],
  ['\tcell', "'\tcell"],
  ['', ''],
])('%j is the cell %j: nothing that a spreadsheet takes for a formula gets through', (value, cell) => {
  expect(csvLine([value, 7])).toBe(`${cell},7\r\n`);
});
