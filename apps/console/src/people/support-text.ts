import type { Account, Activity } from '../api/types.js';

/** Ids, codes and times of a person for a support request; neither a name nor an address, let alone a secret. */
export function accountWordsFor(account: Account, latest: readonly Activity[]): string {
  const lines = [
    `account ${account.id}`,
    `entra object ${account.entraObjectId}`,
    `connection ${account.connectionId}`,
    `status ${account.status}${account.statusReason === null ? '' : ` (${account.statusReason.code})`}`,
    `changed ${account.updatedAt}`,
    ...latest
      .slice(0, 10)
      .map(({ appliedAt, type, id, cause, groupId }) =>
        [appliedAt, type, `id ${id}`, `cause ${cause.kind} ${cause.id}`, groupId === null ? '' : `group ${groupId}`]
          .join(' ')
          .trim(),
      ),
  ];
  return `${lines.join('\n')}\n`;
}
