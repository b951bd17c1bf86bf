import type { Queryable } from '#database';
import type { NoticeKind } from '../kinds.js';
import type { RuleBook } from './resolve-rule.js';
import type { Rule } from './rule.js';

interface RuleRow extends Rule {
  kind: NoticeKind;
  connectionId: string | null;
}

/** What an organisation, and one of its connections, chose; nothing where nobody chose anything. */
export async function readRules(
  db: Queryable,
  organisationId: string,
  connectionId: string | null,
): Promise<{ ofConnection: RuleBook; ofOrganisation: RuleBook }> {
  const rows = await db.query<RuleRow>(
    `SELECT kind, connection_id AS "connectionId", recipients, channels FROM notices.rules
     WHERE organisation_id = $1 AND (connection_id IS NULL OR connection_id = $2)`,
    [organisationId, connectionId],
  );
  const book = (own: boolean): RuleBook =>
    Object.fromEntries(
      rows
        .filter((row) => (row.connectionId !== null) === own)
        .map(({ kind, recipients, channels }) => [kind, { recipients, channels }]),
    );
  return { ofConnection: book(true), ofOrganisation: book(false) };
}
