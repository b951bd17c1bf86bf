import type { GroupProof, ProofDifference } from '#runs';
import { csvLine } from '../http/csv.js';

const HEADER = [
  'row',
  'groupId',
  'groupName',
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

/** The name of a group by its id; empty where nobody knows one. */
type NameOf = (groupId: string) => string;

/** The proof as CSV, in pieces: a row for each group, then a row for each person on one side only. */
export async function* proofCsv(
  groups: readonly GroupProof[],
  differences: AsyncIterable<readonly ProofDifference[]>,
  nameOf: NameOf,
): AsyncGenerator<string> {
  yield csvLine(HEADER);
  yield groups.map((group) => groupLine(group, nameOf)).join('');
  for await (const page of differences) yield page.map((difference) => differenceLine(difference, nameOf)).join('');
}

function groupLine({ groupId, verdict, read, accounts, code }: GroupProof, nameOf: NameOf): string {
  const numbers = [read?.people ?? '', read?.digest ?? '', accounts.people, accounts.digest];
  return csvLine(['group', groupId, nameOf(groupId), verdict, ...numbers, '', '', '', '', code ?? '']);
}

function differenceLine(difference: ProofDifference, nameOf: NameOf): string {
  const { groupId, entraObjectId, displayName, side, why, code } = difference;
  const person = [entraObjectId, displayName ?? '', side, why, code ?? ''];
  return csvLine(['person', groupId, nameOf(groupId), '', '', '', '', '', ...person]);
}
