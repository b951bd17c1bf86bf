import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useEffect, type ReactElement } from 'react';
import { NoRolePage } from './no-role-page.js';
import { outcomeSentence, signInAddress, signInOutcome } from './sign-in-outcome.js';
import { useHasIdentityProvider } from './sign-in-ways.js';
import styles from './sign-in.module.css';
import { TokenForm } from './token-form.js';

/** For whoever has no session: the ways to get one, and why the last try did not. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => Promise<unknown> }): ReactElement {
  const hasIdentityProvider = useHasIdentityProvider();
  const outcome = signInOutcome(window.location.search);
  useEffect(() => {
    document.title = 'Sign in · Rollcall';
  }, []);
  if (outcome === 'noRole') return <NoRolePage />;
  const sentence = outcomeSentence(outcome);
  return (
    <main className={styles['screen']}>
      <div className={styles['card']}>
        <h1>Sign in to Rollcall</h1>
        {sentence !== null && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{sentence}</MessageBarBody>
          </MessageBar>
        )}
        {hasIdentityProvider && (
          <>
            <Button as="a" appearance="primary" href={signInAddress(window.location)}>
              Sign in with your organisation
            </Button>
            <p>Your role comes from there. Without it, there are two more ways:</p>
          </>
        )}
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
