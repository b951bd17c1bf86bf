import type { GroupProof, ProofDifference } from '#runs';
import { csvLine } from '../http/csv.js';

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

/** The proof as CSV, in pieces: a row for each group, then a row for each person on one side only. */
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
