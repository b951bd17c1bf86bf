import type { GroupProof, ProofDifference } from '#runs';

const HEADER = [
  'row',
  'groupId',
  'verdict',
  'readPeople',
  'readDigest',
  'accountPeople',
  'accountDigest',
  'entraObjectId',
  'displayName',
  'side',
  'why',
  'code',
];

/**
 * The proof as CSV (RFC 4180), in pieces: a row for each group, then a row for each person on one side only. Names come from the
 * tenant, so a cell that a spreadsheet would take for a formula is defused by an apostrophe.
 */
export async function* proofCsv(
  groups: readonly GroupProof[],
  differences: AsyncIterable<readonly ProofDifference[]>,
): AsyncGenerator<string> {
  yield csvLine(HEADER);
  yield groups.map(groupLine).join('');
  for await (const page of differences) yield page.map(differenceLine).join('');
}

function groupLine({ groupId, verdict, read, accounts, code }: GroupProof): string {
  const numbers = [read?.people ?? '', read?.digest ?? '', accounts.people, accounts.digest];
  return csvLine(['group', groupId, verdict, ...numbers, '', '', '', '', code ?? '']);
}

function differenceLine({ groupId, entraObjectId, displayName, side, why, code }: ProofDifference): string {
  return csvLine(['person', groupId, '', '', '', '', '', entraObjectId, displayName ?? '', side, why, code ?? '']);
}

export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const defused = /^\s*[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
