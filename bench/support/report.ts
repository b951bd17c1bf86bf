/** One line of a benchmark's table: what was measured, its floor, and how many times the floor it is. */
export interface Finding {
  readonly what: string;
  readonly ours: string;
  readonly floor: string;
  /** Above 1: so many times the floor. Null where there is nothing to compare with. */
  readonly ratio: number | null;
}

export interface BenchReport {
  readonly title: string;
  /** What the floor is, in one sentence. */
  readonly floor: string;
  readonly findings: readonly Finding[];
}

/** A table in plain text, with the sentence about its floor below it. */
export function renderReport({ title, floor, findings }: BenchReport): string {
  const head = { what: title, ours: 'Rollcall', floor: 'floor', ratio: 'ratio' };
  const lines = [head, ...findings.map((finding) => ({ ...finding, ratio: ratioText(finding.ratio) }))];
  const widths = (['what', 'ours', 'floor', 'ratio'] as const).map((name) => Math.max(...lines.map((line) => line[name].length)));
  const [what = 0, ours = 0, floorWidth = 0, ratio = 0] = widths;
  const rows = lines.map((line) =>
    [line.what.padEnd(what), line.ours.padStart(ours), line.floor.padStart(floorWidth), line.ratio.padStart(ratio)].join('  '),
  );
  const rule = '-'.repeat(what + ours + floorWidth + ratio + 6);
  return [rows[0], rule, ...rows.slice(1), `(floor: ${floor})`, ''].join('\n');
}

function ratioText(ratio: number | null): string {
  return ratio === null ? '' : `${ratio.toFixed(2)} x`;
}
