import { Button, Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useState, type ReactElement } from 'react';
import type { ConnectionSettings } from '../api/types.js';
import { splitGroupEntries } from '../connect/check-entries.js';
import form from './form.module.css';
import { Setting } from './setting.js';
import type { TabProps } from './settings-page.js';

type Mode = ConnectionSettings['scope']['mode'];

/** Who belongs here: the people of some groups, or everybody of the tenant. */
export function ScopeFields({ connection, settings, change }: TabProps): ReactElement {
  const { scope } = settings;
  const [typed, setTyped] = useState('');
  const nameOf = (entry: string) => connection.watchedGroups.find(({ id }) => id === entry)?.displayName ?? entry;
  const setGroups = (groups: readonly string[]) => change({ scope: { ...scope, groups: [...new Set(groups)] } });
  const add = () => {
    setGroups([...scope.groups, ...splitGroupEntries(typed)]);
    setTyped('');
  };
  return (
    <>
      <Setting effect={scopeSentence(scope)}>
        <Field label="Who belongs here">
          <RadioGroup
            value={scope.mode}
            onChange={(_, { value }) => change({ scope: { ...scope, mode: value === 'allUsers' ? 'allUsers' : 'groups' } })}
          >
            <Radio value="groups" label="The people of the watched groups" />
            <Radio value="allUsers" label="Everybody in the tenant" />
          </RadioGroup>
        </Field>
      </Setting>
      <Setting effect="A group that is added is read as a whole first. Whoever was in by a group that is taken out leaves, through the guard.">
        <Field label="Watched groups" hint="Object ids or exact names, separated by commas, spaces (ids) or lines.">
          <Textarea value={typed} rows={2} onChange={(_, { value }) => setTyped(value)} />
        </Field>
        <Button size="small" disabled={splitGroupEntries(typed).length === 0} onClick={add}>
          Add
        </Button>
        {scope.groups.length > 0 && (
          <ul className={form['chips']} aria-label="Watched groups">
            {scope.groups.map((entry) => (
              <li key={entry} className={form['chip']} data-tone="plain" title={entry}>
                <span>{nameOf(entry)}</span>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<DismissRegular />}
                  aria-label={`Take ${nameOf(entry)} out`}
                  onClick={() => setGroups(scope.groups.filter((each) => each !== entry))}
                />
              </li>
            ))}
          </ul>
        )}
      </Setting>
    </>
  );
}

/** Pure. */
export function scopeSentence({ mode, groups }: { readonly mode: Mode; readonly groups: readonly string[] }): string {
  if (mode === 'allUsers')
    return 'Every user of the tenant gets an account, in a group or not; watched groups still give their memberships.';
  if (groups.length === 0) return 'Nobody: no group is watched yet.';
  return 'Direct members of a watched group get an account; whoever is in none of them leaves, through the guard.';
}
