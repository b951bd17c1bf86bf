import { Checkbox, Field, Switch } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import type { ConnectionSettings } from '../api/types.js';
import { channelNames, channels } from '../notices/notice-words.js';
import { RecipientsField } from '../notices/recipients-field.js';
import { PageLink } from '../parts/router-link.js';
import form from './form.module.css';
import { Setting } from './setting.js';
import type { TabProps } from './settings-page.js';

type OnRefresh = NonNullable<ConnectionSettings['notify']['onRefresh']>;

/** Who is told when a run ends, and how. Problems are told by their own rules. */
export function NotificationsTab({ connection, settings, change }: TabProps): ReactElement {
  const { onRefresh } = settings.notify;
  const set = (next: OnRefresh | null) => change({ notify: { onRefresh: next } });
  return (
    <>
      <Setting
        effect={
          onRefresh === null
            ? 'A run that ends well is not announced. Problems are, by their own rules.'
            : 'Each run that ends is announced once, to the chosen super admins: what started it, counts, first skips, the plan, the undo.'
        }
      >
        <Switch
          checked={onRefresh !== null}
          label="Send notification on refresh"
          onChange={(_, { checked }) => set(checked ? { recipients: [], channels: ['inProduct'] } : null)}
        />
        {onRefresh !== null && <WhoAndHow connectionId={connection.id} onRefresh={onRefresh} onChange={set} />}
      </Setting>
      {isOffered('get /notification-rules') && (
        <p>
          Who is told of problems, and where Teams and webhooks lead, stands under{' '}
          <PageLink to="/notices/settings" search={{ connectionId: connection.id }}>
            Who is told what
          </PageLink>
          .
        </p>
      )}
    </>
  );
}

interface WhoAndHowProps {
  readonly connectionId: string;
  readonly onRefresh: OnRefresh;
  readonly onChange: (next: OnRefresh) => void;
}

function WhoAndHow({ connectionId, onRefresh, onChange }: WhoAndHowProps): ReactElement {
  const rules = useQuery(queries.notificationRules(connectionId));
  const { recipients } = onRefresh;
  const chosen = channels.filter((channel) => onRefresh.channels.includes(channel));
  return (
    <div className={form['stack']}>
      <Field label="Who is told">
        <RecipientsField
          label="Who is told of a run"
          chosen={recipients}
          superAdmins={rules.data?.superAdmins ?? []}
          disabled={rules.data === undefined}
          onChange={(next) => onChange({ ...onRefresh, recipients: next })}
        />
      </Field>
      <div role="group" aria-label="How they are told" className={form['actions']}>
        {channels.map((channel) => (
          <Checkbox
            key={channel}
            label={channelNames[channel]}
            checked={chosen.includes(channel)}
            // Without any the bell is left: whoever wants silence switches the notification off.
            onChange={(_, { checked }) =>
              onChange({
                ...onRefresh,
                channels: channels.filter((each) => (each === channel ? checked === true : chosen.includes(each))),
              })
            }
          />
        ))}
      </div>
    </div>
  );
}
