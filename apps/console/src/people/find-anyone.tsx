import type { ReactElement } from 'react';
import { PageLink } from '../parts/router-link.js';

/** Where to look for somebody who has no account: the members of a group are listed with the reason. */
export function FindAnyone({ person }: { readonly person: string | undefined }): ReactElement {
  return (
    <p>
      {person === undefined ? 'Somebody' : `"${person}"`} may be in a group without an account:{' '}
      <PageLink to="/groups">each group</PageLink> lists its members in Entra, also those without one, with the reason.
    </p>
  );
}
