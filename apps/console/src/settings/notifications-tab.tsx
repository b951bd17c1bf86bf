import { Switch } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { isOffered } from '../api/offered.js';
import { PageLink } from '../parts/router-link.js';
import { Setting } from './setting.js';
import type { TabProps } from './settings-page.js';

/** Who is told when a run ends. Problems are told by their own rules. */
export function NotificationsTab({ settings, change }: TabProps): ReactElement {
  const { onRefresh } = settings.notify;
  return (
    <>
      <Setting
        effect={
          onRefresh === null
            ? 'A run that ends well is not announced. Problems are, under the bell, to all super admins.'
            : 'Each run that ends is announced once, under the bell, to the chosen super admins: what started it, counts, first skips, the plan.'
        }
      >
        <Switch
          checked={onRefresh !== null}
          label="Send notification on refresh"
          onChange={(_, { checked }) =>
            change({ notify: { onRefresh: checked ? { recipients: [], channels: ['inProduct'] } : null } })
          }
        />
      </Setting>
      {isOffered('get /notifications') && (
        <p>
          What was announced stands under <PageLink to="/notices">Notices</PageLink>.
        </p>
      )}
    </>
  );
}
