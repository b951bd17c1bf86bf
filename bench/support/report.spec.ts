import { expect, it } from 'vitest';
import { renderReport } from './report.js';

it('prints a finding beside its floor with the ratio, and none where there is nothing to compare with', () => {
  const text = renderReport({
    title: 'pages',
    floor: 'plain COPY',
    findings: [
      { what: 'a second', ours: '5', floor: '10', ratio: 0.5 },
      { what: 'said only', ours: '', floor: '', ratio: null },
    ],
  });
  expect(text.split('\n')).toEqual([
    'pages      Rollcall  floor   ratio',
    '----------------------------------',
    'a second          5     10  0.50 x',
    'said only                         ',
    '(floor: plain COPY)',
    '',
  ]);
});
