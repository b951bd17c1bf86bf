import { expect, it } from 'vitest';
import { csvLine, wantsCsv } from './csv.js';

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

it.each([
  [undefined, 'text/csv', true],
  [undefined, 'Text/CSV; q=1, application/json', true],
  [undefined, 'application/json, text/csv', false],
  [undefined, undefined, false],
  ['csv' as const, 'application/json', true],
  ['json' as const, 'text/csv', false],
])('with format %s and Accept %s a file is wanted: %s', (format, accept, wanted) => {
  expect(wantsCsv(format, accept)).toBe(wanted);
});
