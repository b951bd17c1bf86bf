import { Field, Input } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { checkId, checkIdPair } from './check-entries.js';
import styles from './connect.module.css';
import { registrationsLink } from './entra-links.js';
import { StepFoot } from './step-foot.js';
import type { StepProps } from './step-props.js';

/** The two ids of the application registration. */
export function ApplicationStep({ draft, change, back, next }: StepProps): ReactElement {
  const { tenantId, clientId } = draft;
  const clientFault = clientId === '' ? null : checkId(clientId, 'Application (client) ID');
  const tenantFault = tenantId === '' ? null : checkId(tenantId, 'Directory (tenant) ID');
  const pairFault = checkIdPair(tenantId, clientId);
  const isDone = checkId(clientId, '') === null && checkId(tenantId, '') === null && pairFault === null;
  return (
    <div className={styles['body']}>
      <ol>
        <li>
          Open{' '}
          <a href={registrationsLink} target="_blank" rel="noreferrer">
            App registrations
          </a>
          . If your organisation has an application for Rollcall already, open it; else choose <b>New registration</b>.
        </li>
        <li>
          Any name. Supported account types: <b>Accounts in this organizational directory only</b> (when in doubt, this one).
          Leave the redirect URI empty.
        </li>
        <li>From its Overview page, copy the two ids:</li>
      </ol>
      <Field label="Application (client) ID" required {...faultOf(clientFault)}>
        <Input
          value={clientId}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => change({ clientId: value.trim() })}
        />
      </Field>
      <Field label="Directory (tenant) ID" required {...faultOf(tenantFault ?? pairFault)}>
        <Input
          value={tenantId}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => change({ tenantId: value.trim() })}
        />
      </Field>
      <StepFoot back={back} next={next} canGoOn={isDone} />
    </div>
  );
}

export function faultOf(fault: string | null) {
  return fault === null ? {} : { validationState: 'error' as const, validationMessage: fault };
}
