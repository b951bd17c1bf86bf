import { Button, Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useEffect, type ReactElement } from 'react';
import { ProblemBox } from '../parts/problem-box.js';
import { faultOf } from './application-step.js';
import { CheckOutcome } from './check-outcome.js';
import { checkSecret } from './check-entries.js';
import styles from './connect.module.css';
import { appRegistrationLink } from './entra-links.js';
import { StepFoot } from './step-foot.js';
import type { StepProps } from './step-props.js';
import { useRested } from './use-rested.js';
import { useUnsavedTest } from './use-unsaved-test.js';

/** The client secret, tried at once: the tick is a token that Entra issued. */
export function SecretStep(props: StepProps): ReactElement {
  const { draft, change, secret, setSecret, back, next, obstacle, go } = props;
  const fault = secret === '' ? null : checkSecret(secret);
  const isComplete = checkSecret(secret) === null;
  const test = useUnsavedTest(props, [], { enabled: false });
  // Tried by itself as soon as something that can be a Value is pasted; the button tries it once more.
  const rested = useRested(secret);
  const { refetch } = test;
  useEffect(() => {
    if (checkSecret(rested) === null) void refetch();
  }, [rested, refetch]);
  const token = test.data?.checks.find(({ name }) => name === 'token');
  const idsAreWrong = token?.code === 'APP_NOT_FOUND' || token?.code === 'TENANT_NOT_FOUND';
  return (
    <div className={styles['body']}>
      <ol>
        <li>
          Open{' '}
          <a href={appRegistrationLink(draft.clientId, 'Credentials')} target="_blank" rel="noreferrer">
            Certificates &amp; secrets
          </a>{' '}
          of the application and choose <b>New client secret</b>.
        </li>
        <li>
          Copy its <b>Value</b> at once: Entra shows it only once. The Secret ID beside it is not what is meant.
        </li>
      </ol>
      <Field label="Client secret (Value)" required hint="It is sealed when you save, and never shown again." {...faultOf(fault)}>
        <Input type="password" autoComplete="off" value={secret} onChange={(_, { value }) => setSecret(value)} />
      </Field>
      <Field
        label="Ends on"
        hint="As Entra shows it. Empty means unknown: the overview reminds you of that, since Rollcall cannot warn before it ends."
      >
        <Input type="date" value={draft.secretEndsOn} onChange={(_, { value }) => change({ secretEndsOn: value })} />
      </Field>
      {test.isError && <ProblemBox error={test.error} />}
      {token !== undefined && <CheckOutcome check={token} />}
      {idsAreWrong && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            If Entra knows neither id, they may be swapped: the Application (client) ID and the Directory (tenant) ID stand one
            under the other.{' '}
            <Button
              size="small"
              onClick={() => {
                change({ tenantText: draft.clientId, tenantId: draft.clientId, clientId: draft.tenantId });
                go('application');
              }}
            >
              Swap them and look
            </Button>
          </MessageBarBody>
        </MessageBar>
      )}
      <StepFoot back={back} next={next} obstacle={obstacle}>
        <Button disabled={!isComplete || test.isFetching} onClick={() => void test.refetch()}>
          {test.isFetching ? 'Asking Entra for a token' : 'Try it'}
        </Button>
      </StepFoot>
    </div>
  );
}
