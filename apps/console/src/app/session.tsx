import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, useState, type ReactElement, type ReactNode } from 'react';
import { asProblem } from '../api/problem.js';
import { queries } from '../api/queries.js';
import type { Me, Permission } from '../api/types.js';
import { ProblemBox } from '../parts/problem-box.js';
import { Waiting } from '../parts/loaded.js';
import { SessionEndedDialog } from '../sign-in/session-ended-dialog.js';
import { SignInPage } from '../sign-in/sign-in-page.js';

const MeContext = createContext<Me | null>(null);

/**
 * Shows the pages to whoever is signed in, the sign-in page to whoever is not. A session that ends later is renewed in a dialog above
 * the page, so that no word of a form is lost.
 */
export function SessionGate({ children }: { readonly children: ReactNode }): ReactElement {
  const client = useQueryClient();
  const me = useQuery({ ...queries.me(), retry: false });
  const signedIn = () => client.invalidateQueries();
  const status = me.isError ? asProblem(me.error).status : null;
  // While it is asked again whoever is signed out stays so: what was typed into the sign-in page, and why it was refused, is kept.
  const [known, remember] = useState<number | null>(null);
  if (status !== null && status !== known) remember(status);
  const isSignedOut = (status ?? (me.data === undefined ? known : null)) === 401;
  // Whoever was signed in once is still known here when the session ends.
  if (me.data !== undefined) {
    return (
      <MeContext value={me.data}>
        {children}
        {isSignedOut && <SessionEndedDialog onSignedIn={signedIn} />}
      </MeContext>
    );
  }
  if (isSignedOut) return <SignInPage onSignedIn={signedIn} />;
  if (me.isError) return <ProblemBox error={me.error} onRetry={() => void me.refetch()} />;
  return <Waiting />;
}

export function useMe(): Me {
  const me = use(MeContext);
  if (me === null) throw new Error('useMe needs a SessionGate above it');
  return me;
}

/** Whether the person may use a control; the API decides, this only keeps controls away that would be refused. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
