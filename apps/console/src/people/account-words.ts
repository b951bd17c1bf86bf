import type { Account, AccountStatus } from '../api/types.js';
import type { CsvColumn } from '../format/csv.js';
import type { Tone } from '../format/effects.js';

export const nameOfAccount = ({ displayName, email, id }: Pick<Account, 'displayName' | 'email' | 'id'>): string =>
  displayName ?? email ?? id;

export const statusNames: Readonly<Record<AccountStatus, string>> = {
  inactive: 'Inactive',
  active: 'Active',
  deactivated: 'Deactivated',
};

export const statusTones: Readonly<Record<AccountStatus, Tone>> = { inactive: 'plain', active: 'good', deactivated: 'bad' };

export const accountCsv = (connectionName: (connectionId: string) => string): readonly CsvColumn<Account>[] => [
  ['Name', ({ displayName }) => displayName],
  ['Mail', ({ email }) => email],
  ['User principal name', ({ userPrincipalName }) => userPrincipalName],
  ['Status', ({ status }) => statusNames[status]],
  ['Roles', ({ roles }) => roles.join('; ')],
  ['Protected', (account) => account.protected],
  ['Connection', ({ connectionId }) => connectionName(connectionId)],
  ['Entra object ID', ({ entraObjectId }) => entraObjectId],
  ['Account ID', ({ id }) => id],
];
