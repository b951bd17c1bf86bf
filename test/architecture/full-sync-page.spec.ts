import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROBLEMS, runKinds, runStates, runSummarySchema } from '#contracts';
import { proofReasons } from '#runs';
import { nextRunState, statesBefore, type RunStep } from '../../libs/runs/src/lifecycle/run-transitions.js';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/full-sync.md', root), 'utf8');
const text = page.slice(0, page.indexOf('<!-- example -->'));
/** Rows of tables, by what stands in their first cell. */
const rows = new Map(
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells): [string, string[]] => [cells[1] ?? '', cells]),
);
const named = (cell = '') => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '');

const STEPS: readonly RunStep[] = [
  'begin',
  'compare',
  'review',
  'approve',
  'supersede',
  'handBack',
  'apply',
  'complete',
  'fail',
  'cancel',
];

describe('docs/full-sync.md', () => {
  it.each(runStates)('says to which states %s leads', (state) => {
    const next = STEPS.filter((step) => statesBefore(step).includes(state)).map((step) => nextRunState(state, step));
    expect(named(rows.get(`\`${state}\``)?.[3]).toSorted()).toEqual([...new Set(next)].map(String).toSorted());
  });

  it('names every kind of run, every part of a summary, and every reason of a proof', () => {
    const first = [...rows.keys()].flatMap(named);
    for (const name of [...runKinds, ...Object.keys(runSummarySchema.shape), ...proofReasons]) expect(first).toContain(name);
  });

  it('names only codes that exist', () => {
    const ours = [
      'MANUAL',
      'SCHEDULE',
      'BASELINE',
      'NEW_GROUP',
      'GROUP_RETURNED',
      'SETTLED',
      'SETTLE_SECONDS',
      'CONFIRM_SECONDS',
    ];
    const codes = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)*)`/g)].map(([, code]) => code ?? '').filter((code) => code !== 'COPY');
    expect(codes.length).toBeGreaterThan(30);
    for (const code of codes) expect([...Object.keys(PROBLEMS), ...ours, 'DELTA_EXPIRED']).toContain(code);
  });

  it.each([...new Set([...text.matchAll(/`((?:libs|test|apps)\/[\w./-]+)`/g)].map(([, path]) => path ?? ''))])(
    'names %s, which is there',
    (path) => {
      expect(existsSync(new URL(path, root))).toBe(true);
    },
  );
});
