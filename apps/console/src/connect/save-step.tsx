import { Button, Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { asProblem } from '../api/problem.js';
import type { Connection } from '../api/types.js';
import { counted } from '../format/counts.js';
import { PageLink } from '../parts/router-link.js';
import { ProblemBox } from '../parts/problem-box.js';
import { useSay } from '../parts/toasts.js';
import styles from './connect.module.css';
import { bodyOf } from './connection-body.js';
import { emptyDraft, forgetDraft } from './draft.js';
import type { StepProps } from './step-props.js';
import type { StepKey } from './steps.js';

/** Where the mistake behind a refusal is mended. */
const STEP_OF_CODE: Readonly<Record<string, StepKey>> = {
  SECRET_INVALID: 'secret',
  SECRET_EXPIRED: 'secret',
  APP_NOT_FOUND: 'application',
  TENANT_NOT_FOUND: 'application',
  CONSENT_MISSING: 'permissions',
  GROUP_NOT_FOUND: 'groups',
  GROUP_NAME_AMBIGUOUS: 'groups',
};

/** Name, what happens to new people, and whether it starts at once. */
export function SaveStep({ draft, change, secret, setSecret, back, go }: StepProps): ReactElement {
  // A repeated try with the same entries is the same request; with others it is another one.
  const entries = JSON.stringify([draft, secret]);
  const key = useMemo(() => ({ entries, id: crypto.randomUUID() }), [entries]).id;
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  const save = useMutation({
    mutationFn: () => commands.createConnection({ ...bodyOf(draft, secret), enabled: draft.enable }, key),
    onSuccess: async (connection: Connection) => {
      setSecret('');
      forgetDraft(sessionStorage);
      change(emptyDraft);
      await client.invalidateQueries({ queryKey: ['connections'] });
      say(
        connection.state === 'enabled'
          ? 'Microsoft Entra ID is connected to Rollcall.'
          : `${connection.name} is saved, not enabled yet.`,
      );
      await navigate({ to: '/connections/$connectionId', params: { connectionId: connection.id } });
    },
  });
  const problem = save.isError ? asProblem(save.error) : null;
  const faultyStep = problem === null ? undefined : STEP_OF_CODE[problem.code];
  return (
    <form
      className={styles['body']}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Field label="Name of the integration" required hint="As your colleagues know the tenant.">
        <Input value={draft.name} maxLength={200} onChange={(_, { value }) => change({ name: value })} />
      </Field>
      <Field label="New people">
        <RadioGroup
          value={draft.newState}
          onChange={(_, { value }) => change({ newState: value === 'active' ? 'active' : 'inactive' })}
        >
          <Radio value="inactive" label="Inactive until you activate them: no invitation, no seat" />
          <Radio value="active" label="Active at once" />
        </RadioGroup>
      </Field>
      <Checkbox
        checked={draft.enable}
        onChange={(_, { checked }) => change({ enable: checked === true })}
        label={`Enable integration: read ${draft.everybody ? 'everybody in the tenant' : counted(draft.groups.length, 'group')} now, and follow every change`}
      />
      {problem !== null && <ProblemBox error={problem} />}
      {faultyStep !== undefined && (
        <div>
          <Button onClick={() => go(faultyStep)}>Go to the step that mends it</Button>
        </div>
      )}
      {problem?.code === 'CONNECTION_EXISTS' && typeof problem.facts['connectionId'] === 'string' && (
        <PageLink to="/connections/$connectionId" params={{ connectionId: problem.facts['connectionId'] }}>
          Open the existing connection
        </PageLink>
      )}
      <div className={styles['foot']}>
        {back !== null && <Button onClick={back}>Back</Button>}
        <Button appearance="primary" type="submit" disabled={draft.name.trim() === '' || save.isPending}>
          Save integration
        </Button>
      </div>
    </form>
  );
}
