import { Button, MessageBar, MessageBarBody, Tab, TabList } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useBlocker, useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactElement } from 'react';
import { settingsTabs, type SettingsTab } from '../app/search-params.js';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import { asProblem } from '../api/problem.js';
import { queries } from '../api/queries.js';
import type { Connection, ConnectionSettings } from '../api/types.js';
import { ConfirmLeave } from '../parts/confirm-leave.js';
import { LoadedPage } from '../parts/loaded.js';
import { Page, Panel } from '../parts/page.js';
import parts from '../parts/parts.module.css';
import { ProblemBox } from '../parts/problem-box.js';
import { PageLink } from '../parts/router-link.js';
import { useSay } from '../parts/toasts.js';
import { FiltersTab } from './filters-tab.js';
import form from './form.module.css';
import { NotificationsTab } from './notifications-tab.js';
import { settingsPatch } from './settings-patch.js';
import { StrategyTab } from './strategy-tab.js';

const route = getRouteApi('/connections/$connectionId/settings');

const TABS: Readonly<Record<SettingsTab, { title: string; Body: (props: TabProps) => ReactElement }>> = {
  strategy: { title: 'Strategy', Body: StrategyTab },
  notifications: { title: 'Notifications', Body: NotificationsTab },
  filters: { title: 'Filters', Body: FiltersTab },
};

/** What every tab gets: the settings as they are being edited. */
export interface TabProps {
  readonly connection: Connection;
  readonly settings: ConnectionSettings;
  readonly change: (part: Partial<ConnectionSettings>) => void;
}

/** The settings of one connection; nothing changes before Save. */
export function SettingsPage(): ReactElement {
  const { connectionId } = route.useParams();
  const connection = useQuery(queries.connection(connectionId));
  return (
    <LoadedPage query={connection} title="Sync settings">
      {(found) => <SettingsForm connection={found} />}
    </LoadedPage>
  );
}

function SettingsForm({ connection }: { readonly connection: Connection }): ReactElement {
  const { tab = 'strategy' } = route.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  const say = useSay();
  const mayConfigure = useMay('sync.configure');
  // The form is of the version that it was opened with: somebody else's change meanwhile is a conflict, not overwritten.
  const [base, setBase] = useState(connection);
  const [settings, setSettings] = useState(connection.settings);
  const patch = useMemo(() => settingsPatch(base.settings, settings), [base, settings]);
  const isChanged = Object.keys(patch).length > 0;
  const take = (latest: Connection) => {
    setBase(latest);
    setSettings(latest.settings);
  };
  const save = useMutation({
    mutationFn: () => commands.patchConnection(connection.id, { settings: patch }, base.version),
    onSuccess: async (saved) => {
      take(saved);
      await client.invalidateQueries({ queryKey: ['connections'] });
      say('Saved. The settings hold from now on.');
    },
  });
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  const { Body } = TABS[tab];
  const isConflict = save.isError && asProblem(save.error).status === 412;
  return (
    <Page
      title={`Sync settings of ${connection.name}`}
      subtitle={
        <PageLink to="/connections/$connectionId" params={{ connectionId: connection.id }}>
          Back to the connection
        </PageLink>
      }
    >
      <TabList
        className={parts['tabs'] ?? ''}
        selectedValue={tab}
        onTabSelect={(_, { value }) =>
          void navigate({
            to: '/connections/$connectionId/settings',
            params: { connectionId: connection.id },
            search: { tab: settingsTabs.find((known) => known === value) },
            replace: true,
          })
        }
      >
        {settingsTabs.map((key) => (
          <Tab key={key} value={key}>
            {TABS[key].title}
          </Tab>
        ))}
      </TabList>
      <Panel>
        <form
          className={form['form']}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <Body connection={connection} settings={settings} change={(part) => setSettings((known) => ({ ...known, ...part }))} />
          {save.isError && (
            <ProblemBox
              error={save.error}
              onRetry={
                isConflict
                  ? () => void client.query({ ...queries.connection(connection.id), staleTime: 0 }).then(take)
                  : undefined
              }
            />
          )}
          {isChanged && (
            <MessageBar intent="info">
              <MessageBarBody>There are changes that are not saved.</MessageBarBody>
            </MessageBar>
          )}
          <div className={form['actions']}>
            <Button appearance="primary" type="submit" disabled={!isChanged || !mayConfigure} disabledFocusable={save.isPending}>
              Save
            </Button>
            <Button disabled={!isChanged} onClick={() => setSettings(base.settings)}>
              Discard changes
            </Button>
          </div>
        </form>
      </Panel>
      {blocker.status === 'blocked' && <ConfirmLeave onStay={blocker.reset} onLeave={blocker.proceed} />}
    </Page>
  );
}
