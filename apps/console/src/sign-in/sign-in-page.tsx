import { useEffect, type ReactElement } from 'react';
import styles from './sign-in.module.css';
import { TokenForm } from './token-form.js';

/** For whoever has no session: the two ways to get one. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => Promise<unknown> }): ReactElement {
  useEffect(() => {
    document.title = 'Sign in · Rollcall';
  }, []);
  return (
    <main className={styles['screen']}>
      <div className={styles['card']}>
        <h1>Sign in to Rollcall</h1>
        <p>
          Open the sign-in link that Rollcall printed when it started. It works once, within ten minutes;{' '}
          <code>npm run signin-link</code> prints another.
        </p>
        <p>Or use the API token:</p>
        <TokenForm onSignedIn={onSignedIn} />
      </div>
    </main>
  );
}
