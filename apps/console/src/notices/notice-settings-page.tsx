import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';
import { ConnectionFilter } from '../connections/connection-filter.js';
import { Loaded } from '../parts/loaded.js';
import { Filters, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { ChannelsPanel } from './channels-panel.js';
import { DeliveriesPanel } from './deliveries-panel.js';
import { MailAddressPanel } from './mail-address-panel.js';
import { PreferencesPanel } from './preferences-panel.js';
import { RulesForm } from './rules-form.js';

const route = getRouteApi('/notices/settings');

/** Who is told what, by which way, and whether it arrived. */
export function NoticeSettingsPage(): ReactElement {
  const { connectionId } = route.useSearch();
  const navigate = useNavigate();
  const rules = useQuery(queries.notificationRules(connectionId));
  return (
    <Page
      title="Who is told what"
      subtitle={
        <>
          Silence for success, the bell for problems, unless you choose otherwise. Only super admins are told.{' '}
          <PageLink to="/notices">Back to the notices</PageLink>
        </>
      }
    >
      <Filters>
        <ConnectionFilter
          value={connectionId}
          onChange={(chosen) => void navigate({ to: '/notices/settings', search: { connectionId: chosen }, replace: true })}
        />
      </Filters>
      <Loaded query={rules}>
        {(book) => (
          <>
            <Panel title="Rules" bare>
              <RulesForm key={connectionId ?? 'all'} book={book} />
            </Panel>
            <ChannelsPanel book={book} />
          </>
        )}
      </Loaded>
      <MailAddressPanel />
      <PreferencesPanel />
      <DeliveriesPanel />
    </Page>
  );
}
