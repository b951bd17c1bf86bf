import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';
import type { HeldChange } from '../api/types.js';
import { PageLink } from '../parts/router-link.js';

/** The person a held change is about, by name once it is read. */
export function HeldPerson({ change }: { readonly change: HeldChange }): ReactElement {
  const { accountId, entraObjectId } = change;
  const account = useQuery({ ...queries.account(accountId ?? ''), enabled: accountId !== null });
  if (accountId === null) return <>{entraObjectId}</>;
  return (
    <PageLink to="/people/$accountId" params={{ accountId }}>
      {account.data?.displayName ?? account.data?.email ?? entraObjectId}
    </PageLink>
  );
}
