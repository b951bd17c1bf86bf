import type { ComparedRow } from '#runs';
import { csvLine } from '../http/csv.js';

const HEADER = ['side', 'action', 'entraObjectId', 'displayName', 'accountId', 'groupId', 'before', 'after', 'code'];

/** A comparison as CSV, in pieces. What stands here and what in Entra is JSON in its cell. */
export async function* comparisonCsv(pages: AsyncIterable<readonly ComparedRow[]>): AsyncGenerator<string> {
  yield csvLine(HEADER);
  for await (const page of pages) yield page.map(line).join('');
}

function line({ side, action, entraObjectId, displayName, accountId, groupId, before, after, reason }: ComparedRow): string {
  const fields = [before, after].map((values) => (values === null ? '' : JSON.stringify(values)));
  return csvLine([side, action, entraObjectId, displayName ?? '', accountId ?? '', groupId ?? '', ...fields, reason?.code ?? '']);
}
