import type { ReactElement } from 'react';
import type { HeldChange } from '../api/types.js';
import { PageLink } from '../parts/router-link.js';
import { nameOfHeld } from './held-words.js';

/** The person a held change is about; whoever has no account yet has no page. */
export function HeldPerson({ change }: { readonly change: HeldChange }): ReactElement {
  const { accountId } = change;
  if (accountId === null) return <>{nameOfHeld(change)}</>;
  return (
    <PageLink to="/people/$accountId" params={{ accountId }}>
      {nameOfHeld(change)}
    </PageLink>
  );
}
