import { Button, Field, Input, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useEffect, type ReactElement } from 'react';
import { checkId } from './check-entries.js';
import styles from './connect.module.css';
import { registrationsLink } from './entra-links.js';
import type { TenantVerdict } from './judge-tenant.js';
import { StepFoot } from './step-foot.js';
import type { StepProps } from './step-props.js';
import { useTenant } from './use-tenant.js';

/** The two ids of the application registration; the tenant is looked up while it is typed, and shown. */
export function ApplicationStep({ draft, change, back, next, obstacle }: StepProps): ReactElement {
  const { tenantText, tenantId, clientId, cloud } = draft;
  const clientFault = clientId === '' ? null : checkId(clientId, 'Application (client) ID');
  const { verdict, isLooking } = useTenant(tenantText, clientId, cloud);
  const found = verdict.kind === 'usable' ? verdict.tenantId : '';
  useEffect(() => {
    if (found !== tenantId) change({ tenantId: found });
  }, [found, tenantId, change]);
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
      <Field
        label="Directory (tenant) ID"
        required
        hint="A verified domain of the tenant, such as contoso.com, does too."
        {...faultOf(verdict.kind === 'faulty' ? verdict.sentence : null)}
      >
        <Input
          value={tenantText}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => change({ tenantText: value.trim() })}
        />
      </Field>
      {verdict.kind === 'swapped' && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            The two ids are swapped: what stands under Application (client) ID is the id of a tenant, and Entra knows no tenant by
            the other.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => change({ tenantText: clientId, clientId: tenantText })}>
              Swap them
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <p role="status">{isLooking ? LOOKING : sentenceOf(verdict, tenantText)}</p>
      <StepFoot back={back} next={next} obstacle={isLooking ? { sentence: LOOKING, passing: null } : obstacle} />
    </div>
  );
}

const LOOKING = 'Looking the tenant up at Entra.';

function sentenceOf(verdict: TenantVerdict, tenantText: string): string {
  if (verdict.kind === 'open' && tenantText !== '') {
    return 'Entra could not be asked for this domain now. Paste the Directory (tenant) ID instead, or try again later.';
  }
  if (verdict.kind !== 'usable') return '';
  return verdict.isConfirmed
    ? `Entra knows this tenant: ${verdict.tenantId}. Is it yours?`
    : 'Entra could not be asked for this tenant now; the next step will tell.';
}

export function faultOf(fault: string | null) {
  return fault === null ? {} : { validationState: 'error' as const, validationMessage: fault };
}
