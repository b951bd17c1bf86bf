import { Button, Checkbox, Field, Input, MessageBar, MessageBarBody, Switch } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useMe } from '../app/session.js';
import { commands } from '../api/commands.js';
import { queries } from '../api/queries.js';
import type { NotificationPreferences } from '../api/types.js';
import { readersTimeZone } from '../format/instants.js';
import { Loaded } from '../parts/loaded.js';
import { Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { useSay } from '../parts/toasts.js';
import form from '../settings/form.module.css';
import { Setting } from '../settings/setting.js';
import { digestEffect, quietEffect, withDigestChannel } from './preference-words.js';

/** When the reader wants to be told; everybody's own, and nobody else's. */
export function PreferencesPanel(): ReactElement {
  const preferences = useQuery(queries.notificationPreferences());
  return (
    <Panel title="When I am told">
      <Loaded query={preferences}>{(found) => <PreferencesForm preferences={found} />}</Loaded>
    </Panel>
  );
}

function PreferencesForm({ preferences }: { readonly preferences: NotificationPreferences }): ReactElement {
  const [base, setBase] = useState(preferences);
  const [edited, setEdited] = useState(preferences);
  const client = useQueryClient();
  const say = useSay();
  const { channels = [] } = useQuery(queries.notificationRules()).data ?? {};
  const isMailOff = channels.some(({ channel, isOn }) => channel === 'mail' && !isOn);
  const organisationZone = useMe().organisation?.timeZone ?? 'UTC';
  const { zone, quietHours, digest } = edited;
  const isChanged = JSON.stringify(base) !== JSON.stringify(edited);
  const change = (part: Partial<NotificationPreferences>) => setEdited({ ...edited, ...part });
  const save = useMutation({
    mutationFn: () => commands.putNotificationPreferences(edited),
    onSuccess: async (saved) => {
      setBase(saved);
      setEdited(saved);
      await client.invalidateQueries({ queryKey: ['notification-preferences'] });
      say('Saved. It holds for your notices from now on.');
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
      <Field label="Time zone" hint={`Empty: the organisation's, TZ: ${organisationZone}. Yours is TZ: ${readersTimeZone()}.`}>
        <Input value={zone ?? ''} onChange={(_, { value }) => change({ zone: value === '' ? null : value })} />
      </Field>
      <Setting effect={quietEffect(quietHours)}>
        <Switch
          label="Quiet hours"
          checked={quietHours !== null}
          onChange={(_, { checked }) => change({ quietHours: checked ? { from: '20:00', to: '07:00' } : null })}
        />
        {quietHours !== null && (
          <div className={form['inline']}>
            <Time label="From" value={quietHours.from} onChange={(from) => change({ quietHours: { ...quietHours, from } })} />
            <Time label="To" value={quietHours.to} onChange={(to) => change({ quietHours: { ...quietHours, to } })} />
          </div>
        )}
      </Setting>
      <Setting effect={digestEffect(digest)}>
        <Switch
          label="Daily summary"
          checked={digest !== null}
          onChange={(_, { checked }) => change({ digest: checked ? { at: '08:00', channels: ['mail'] } : null })}
        />
        {digest?.channels.includes('mail') === true && isMailOff && (
          <MessageBar intent="info">
            <MessageBarBody>Mail is off, so nothing of it arrives by mail; the channels above say why.</MessageBarBody>
          </MessageBar>
        )}
        {digest !== null && (
          <div className={form['inline']}>
            <Time label="At" value={digest.at} onChange={(at) => change({ digest: { ...digest, at } })} />
            {(['mail', 'inProduct'] as const).map((channel) => (
              <Checkbox
                key={channel}
                label={channel === 'mail' ? 'By mail' : 'Under the bell'}
                checked={digest.channels.includes(channel)}
                onChange={(_, { checked }) => change({ digest: withDigestChannel(digest, channel, checked === true) })}
              />
            ))}
          </div>
        )}
      </Setting>
      {save.isError && <ProblemBox error={save.error} />}
      <div className={form['actions']}>
        <Button appearance="primary" type="submit" disabled={!isChanged || save.isPending}>
          Save
        </Button>
        <Button disabled={!isChanged} onClick={() => setEdited(base)}>
          Discard changes
        </Button>
      </div>
    </form>
  );
}

interface TimeProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Time({ label, value, onChange }: TimeProps): ReactElement {
  return (
    <Field label={label}>
      <Input type="time" required value={value} onChange={(_, data) => onChange(data.value)} />
    </Field>
  );
}
