import { Button, Field, Input, Switch } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import { queries } from '../api/queries.js';
import type { Organisation } from '../api/types.js';
import { readersTimeZone } from '../format/instants.js';
import { ConfirmLeave } from '../parts/confirm-leave.js';
import { Loaded } from '../parts/loaded.js';
import { Page, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { useSay } from '../parts/toasts.js';
import form from '../settings/form.module.css';
import { Setting } from '../settings/setting.js';
import { organisationPatch } from './organisation-patch.js';

/** What holds for all connections; nothing changes before Save. */
export function OrganisationPage(): ReactElement {
  const organisation = useQuery(queries.organisation());
  return (
    <Page title="Organisation" subtitle="What holds for all connections. Changed by super admins; every change is in the audit.">
      <Loaded query={organisation}>{(found) => <OrganisationForm organisation={found} />}</Loaded>
    </Page>
  );
}

function OrganisationForm({ organisation }: { readonly organisation: Organisation }): ReactElement {
  const client = useQueryClient();
  const say = useSay();
  const mayChange = useMay('sync.approve');
  const [base, setBase] = useState(organisation);
  const [edited, setEdited] = useState(organisation);
  const patch = organisationPatch(base, edited);
  const isChanged = Object.keys(patch).length > 0;
  const save = useMutation({
    mutationFn: () => commands.patchOrganisation(patch),
    onSuccess: async (saved) => {
      setBase(saved);
      setEdited(saved);
      await client.invalidateQueries();
      say('Saved. It holds from now on.');
    },
  });
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  const change = (part: Partial<Organisation>) => setEdited({ ...edited, ...part });
  return (
    <Panel>
      <form
        className={form['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field label="Name">
          <Input value={edited.name} onChange={(_, { value }) => change({ name: value })} />
        </Field>
        <Field
          label="Time zone"
          hint={`Quiet hours, daily summaries and full syncs go by it where nobody chose another zone for them. Yours is TZ: ${readersTimeZone()}`}
        >
          <Input value={edited.timeZone} onChange={(_, { value }) => change({ timeZone: value })} />
        </Field>
        <Field
          label="Support contact"
          hint="Shown with every error: a mail address, a page or a telephone number. Empty: nobody is named."
        >
          <Input
            value={edited.supportContact ?? ''}
            maxLength={200}
            onChange={(_, { value }) => change({ supportContact: value === '' ? null : value })}
          />
        </Field>
        <Policies organisation={edited} change={change} />
        {save.isError && <ProblemBox error={save.error} />}
        <div className={form['actions']}>
          <Button appearance="primary" type="submit" disabled={!isChanged || !mayChange || save.isPending}>
            Save
          </Button>
          <Button disabled={!isChanged} onClick={() => setEdited(base)}>
            Discard changes
          </Button>
        </div>
      </form>
      {blocker.status === 'blocked' && <ConfirmLeave onStay={blocker.reset} onLeave={blocker.proceed} />}
    </Panel>
  );
}

interface PoliciesProps {
  readonly organisation: Organisation;
  readonly change: (part: Partial<Organisation>) => void;
}

/** Both need people who sign in as themselves; without an identity provider there is nothing to switch. */
function Policies({ organisation, change }: PoliciesProps): ReactElement {
  if (!organisation.identityProvider) {
    return (
      <p>
        Four eyes on removals, and connecting only as Global Administrator, need people who sign in as themselves: set up an
        identity provider first (docs/sign-in.md).
      </p>
    );
  }
  return (
    <>
      <Setting
        effect={
          organisation.fourEyesOnRemovals
            ? 'A plan that removes somebody, and held removals, happen when a second super admin approves them, who neither asked for it nor changed it.'
            : 'One super admin approves plans and releases held removals.'
        }
      >
        <Switch
          label="Four eyes on removals"
          checked={organisation.fourEyesOnRemovals}
          onChange={(_, { checked }) => change({ fourEyesOnRemovals: checked })}
        />
      </Setting>
      <Setting
        effect={
          organisation.connectAsGlobalAdministrator
            ? 'A tenant is connected only by somebody whose sign-in shows a Global Administrator of that tenant.'
            : 'Whoever may configure connects a tenant.'
        }
      >
        <Switch
          label="Connect only as Global Administrator"
          checked={organisation.connectAsGlobalAdministrator}
          onChange={(_, { checked }) => change({ connectAsGlobalAdministrator: checked })}
        />
      </Setting>
    </>
  );
}
