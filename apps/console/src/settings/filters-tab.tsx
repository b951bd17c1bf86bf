import { Field, Switch, Textarea } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { ScopeFields } from './scope-fields.js';
import { splitLines } from './split-lines.js';
import { Setting } from './setting.js';
import type { TabProps } from './settings-page.js';

/** Who is in scope, and who of them is taken. */
export function FiltersTab({ connection, settings, change }: TabProps): ReactElement {
  const { scope, include, identity } = settings;
  return (
    <>
      <ScopeFields connection={connection} settings={settings} change={change} />
      <Setting
        effect={
          include.guests
            ? 'Guests (people of other organisations) get accounts like everybody else in scope.'
            : 'Guests are skipped, and listed as skipped.'
        }
      >
        <Switch
          checked={include.guests}
          label="Take guests"
          onChange={(_, { checked }) => change({ include: { ...include, guests: checked } })}
        />
      </Setting>
      <Setting effect="Only people whose address contains one of these texts are taken; empty: everybody.">
        <Field label="Address must contain" hint="One per line, such as @contoso.com">
          <Textarea
            value={scope.emailInclude.join('\n')}
            onChange={(_, { value }) => change({ scope: { ...scope, emailInclude: splitLines(value) } })}
          />
        </Field>
      </Setting>
      <Setting effect="People whose address contains one of these texts are skipped. Whoever is here already leaves, through the guard.">
        <Field label="Address must not contain" hint="One per line, such as test-">
          <Textarea
            value={scope.emailExclude.join('\n')}
            onChange={(_, { value }) => change({ scope: { ...scope, emailExclude: splitLines(value) } })}
          />
        </Field>
      </Setting>
      <Setting
        effect={
          identity.email[0] === 'mail'
            ? 'The mail address is used; where there is none, the user principal name, if mail can reach it.'
            : 'The user principal name is used, if mail can reach it; else the mail address.'
        }
      >
        <Switch
          checked={identity.email[0] === 'userPrincipalName'}
          label="Prefer the user principal name to the mail address"
          onChange={(_, { checked }) =>
            change({ identity: { email: checked ? ['userPrincipalName', 'mail'] : ['mail', 'userPrincipalName'] } })
          }
        />
      </Setting>
    </>
  );
}
