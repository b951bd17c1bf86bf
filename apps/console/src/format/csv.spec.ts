import { describe, expect, it } from 'vitest';
import { jsonCell, toCsv } from './csv.js';

const csvOf = (name: string) => toCsv([{ name }], [['Name', (row) => row.name]]).split('\r\n')[1];

describe('toCsv', () => {
  it('defuses what a spreadsheet would run as a formula', () => {
    for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1']) expect(csvOf(formula)).toMatch(/^"?'/);
  });

  it('quotes separators, quotes and line ends', () => {
    expect(csvOf('Fisher, "Jo"')).toBe('"Fisher, ""Jo"""');
  });

  it('leaves the cell of what is not there empty, not the word for nothing', () => {
    expect(toCsv([{ before: null }], [['Before', (row) => jsonCell(row.before)]])).toBe('\uFEFFBefore\r\n\r\n');
    expect(jsonCell({ status: 'active' })).toBe('{"status":"active"}');
  });

  it('leaves ordinary names and numbers alone', () => {
    expect(csvOf('Åsa Öberg')).toBe('Åsa Öberg');
    expect(toCsv([{ n: -5 }], [['N', (row) => row.n]])).toContain('\r\n-5\r\n');
  });
});
