import { Button, Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { asProblem } from '../api/problem.js';
import { queries } from '../api/queries.js';
import type { Connection } from '../api/types.js';
import { checkSecret } from '../connect/check-entries.js';
import { appRegistrationLink } from '../connect/entra-links.js';
import { formatDate } from '../format/instants.js';
import { LoadedPage } from '../parts/loaded.js';
import { Page, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { PageLink } from '../parts/router-link.js';
import styles from '../settings/form.module.css';
import { VerifyingSync } from './verifying-sync.js';

const route = getRouteApi('/connections/$connectionId/credential');

/** Rotating the client secret: the new one is proved before it replaces the old. */
export function CredentialPage(): ReactElement {
  const { connectionId } = route.useParams();
  const connection = useQuery(queries.connection(connectionId));
  return (
    <LoadedPage query={connection} title="Rotate the secret">
      {(found) => <CredentialForm connection={found} />}
    </LoadedPage>
  );
}

function CredentialForm({ connection }: { readonly connection: Connection }): ReactElement {
  const { id, name, credential, state } = connection;
  const [secret, setSecret] = useState('');
  const [expiresOn, setExpiresOn] = useState('');
  const client = useQueryClient();
  const fault = secret === '' ? null : checkSecret(secret);
  const isLive = state === 'enabled' || state === 'quarantined';
  const verify = useMutation({
    mutationFn: async () => {
      const run = await commands.requestRun(id, { kind: 'full', apply: 'automatic' }).catch(runInProgress);
      await client.invalidateQueries({ queryKey: ['runs'] });
      return run.id;
    },
  });
  const rotate = useMutation({
    mutationFn: async () => {
      await commands.patchConnection(id, {
        credential: { clientSecret: secret, expiresAt: expiresOn === '' ? null : expiresOn },
      });
      setSecret('');
      await client.invalidateQueries({ queryKey: ['connections'] });
    },
    onSuccess: () => {
      if (isLive) verify.mutate();
    },
  });
  return (
    <Page
      title={`Rotate the secret of ${name}`}
      subtitle={
        <>
          <PageLink to="/connections/$connectionId" params={{ connectionId: id }}>
            Back to the connection
          </PageLink>{' '}
          · Nothing stops meanwhile: the old secret is used until the new one has proved itself.
        </>
      }
    >
      <Panel>
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            rotate.mutate();
          }}
        >
          <p>
            {endOf(connection)} In Entra, open{' '}
            <a href={appRegistrationLink(credential.clientId, 'Credentials')} target="_blank" rel="noreferrer">
              Certificates &amp; secrets of the application
            </a>
            , choose New client secret, and copy its Value at once: Entra shows it only once.
          </p>
          <Field
            label="New client secret (Value)"
            required
            {...(fault === null ? {} : { validationState: 'error' as const, validationMessage: fault })}
          >
            <Input type="password" autoComplete="off" value={secret} onChange={(_, { value }) => setSecret(value)} />
          </Field>
          <Field label="Ends on" hint="As Entra shows it; leave empty if you do not know.">
            <Input type="date" value={expiresOn} onChange={(_, { value }) => setExpiresOn(value)} />
          </Field>
          {rotate.isError && <ProblemBox error={rotate.error} />}
          {rotate.isSuccess && (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>
                Entra issued a token for the new secret, and it has replaced the old one.
                {!isLive && ' The next full sync verifies it; remove the old secret in Entra after that.'}
              </MessageBarBody>
            </MessageBar>
          )}
          {rotate.isSuccess && verify.data !== undefined && <VerifyingSync runId={verify.data} />}
          {verify.isError && <ProblemBox error={verify.error} onRetry={() => verify.mutate()} />}
          <div>
            <Button appearance="primary" type="submit" disabled={secret === '' || fault !== null || rotate.isPending}>
              {rotate.isPending ? 'Proving the new secret' : 'Prove and replace'}
            </Button>
          </div>
        </form>
      </Panel>
    </Page>
  );
}

function endOf({ credential, cloud }: Connection): string {
  if (credential.expiresAt !== null) return `The present secret ends on ${formatDate(credential.expiresAt)}.`;
  return cloud === 'simulated' ? 'The secret of the demo never ends.' : 'When the present secret ends is not known.';
}

/** One that is under way reads with the new secret too; throws whatever else was refused. */
function runInProgress(error: unknown): { readonly id: string } {
  const { code, facts } = asProblem(error);
  if (code === 'RUN_IN_PROGRESS' && typeof facts['runId'] === 'string') return { id: facts['runId'] };
  throw error;
}
