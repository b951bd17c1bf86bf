import { Button, Field, Input } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { ProblemBox } from '../parts/problem-box.js';
import styles from './sign-in.module.css';

/** Signs in with the API token. The token is sent once and kept nowhere here; the answer is a session cookie. */
export function TokenForm({ onSignedIn }: { readonly onSignedIn: () => Promise<unknown> }): ReactElement {
  const [token, setToken] = useState('');
  const signIn = useMutation({
    mutationFn: async () => {
      await commands.signInWithToken(token.trim());
      setToken('');
      await onSignedIn();
    },
  });
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate();
      }}
    >
      <Field label="API token" hint="In standalone it is in the file admin-token of the data folder.">
        <Input type="password" autoComplete="off" value={token} onChange={(_, { value }) => setToken(value)} />
      </Field>
      {signIn.isError && <ProblemBox error={signIn.error} />}
      <Button appearance="primary" type="submit" disabled={token.trim() === '' || signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}
