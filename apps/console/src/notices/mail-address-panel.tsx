import { Button, Field, Input } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useMe } from '../app/session.js';
import { commands } from '../api/commands.js';
import { Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { useSay } from '../parts/toasts.js';
import form from '../settings/form.module.css';

/** Where mail reaches the reader. Whoever signs in at an identity provider has the address from there. */
export function MailAddressPanel(): ReactElement {
  const { email, emailIsProven } = useMe();
  return (
    <Panel title="Where mail reaches me">
      {emailIsProven ? (
        <p>
          {email === null ? 'Your identity provider gives no mail address.' : `${email}, as your identity provider gives it.`}
        </p>
      ) : (
        <MailAddressForm email={email ?? ''} />
      )}
    </Panel>
  );
}

function MailAddressForm({ email }: { readonly email: string }): ReactElement {
  const [edited, setEdited] = useState(email);
  const client = useQueryClient();
  const say = useSay();
  const save = useMutation({
    mutationFn: () => commands.patchMe({ email: edited.trim() === '' ? null : edited.trim() }),
    onSuccess: async (me) => {
      setEdited(me.email ?? '');
      await client.invalidateQueries();
      say(me.email === null ? 'Saved. Mail does not reach you.' : `Saved. Mail reaches you at ${me.email}.`);
    },
  });
  return (
    <form
      className={form['form']}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Field
        label="My mail address"
        hint="Empty: no notice comes by mail. “Send a test” beside the channel Mail shows whether it arrives."
      >
        <Input type="email" value={edited} onChange={(_, { value }) => setEdited(value)} />
      </Field>
      {save.isError && <ProblemBox error={save.error} />}
      <div className={form['actions']}>
        <Button appearance="primary" type="submit" disabled={edited.trim() === email || save.isPending}>
          Save address
        </Button>
      </div>
    </form>
  );
}
