import type { ReactElement } from 'react';
import { PageLink } from '../parts/router-link.js';

/** Where to look for somebody who has no account. */
export function FindAnyone({ person }: { readonly person: string | undefined }): ReactElement {
  return (
    <p>
      {person === undefined ? 'Somebody' : `"${person}"`} may be in the tenant without an account:{' '}
      <PageLink to="/find" search={{ q: person }}>
        Find anyone
      </PageLink>{' '}
      takes any mail or id of the tenant and says why not.
    </p>
  );
}
