import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import type { Connection, ConnectionHealth } from '../api/types.js';
import { Badge } from '../parts/badge.js';
import { ButtonLink } from '../parts/button-link.js';
import { LoadedPage } from '../parts/loaded.js';
import { Page } from '../parts/page.js';
import { ConnectionActions } from './connection-actions.js';
import { ConnectionFacts } from './connection-facts.js';
import { ConnectionGroups } from './connection-groups.js';
import { ConnectionPreview } from './connection-preview.js';
import { describeConnection, statusOf } from './describe-connection.js';
import { LatencyPanel } from './latency-panel.js';
import { LiveSyncPanel } from './live-sync-panel.js';
import { SelfTestPanel } from './self-test-panel.js';
import { StateReason } from './state-reason.js';

const route = getRouteApi('/connections/$connectionId');

/** One connection: how it is, why, what can be done. */
export function ConnectionPage(): ReactElement {
  const { connectionId } = route.useParams();
  const connection = useQuery(queries.connection(connectionId));
  const health = useQuery({ ...queries.health(connectionId), enabled: isOffered('get /connections/{id}/health') });
  return (
    <LoadedPage query={connection} title="Connection">
      {(found) => <ConnectionView connection={found} health={health.data} />}
    </LoadedPage>
  );
}

interface ConnectionViewProps {
  readonly connection: Connection;
  readonly health: ConnectionHealth | undefined;
}

function ConnectionView({ connection, health }: ConnectionViewProps): ReactElement {
  const mayConfigure = useMay('sync.configure');
  const { word, tone } = statusOf(connection, health);
  const params = { connectionId: connection.id };
  const isThere = connection.state !== 'disconnected';
  return (
    <Page
      title={connection.name}
      subtitle={
        <>
          <Badge tone={tone}>{word}</Badge> {connection.cloud === 'simulated' && <Badge tone="plain">Simulated</Badge>}{' '}
          {describeConnection(connection, health)}
        </>
      }
      actions={
        isThere && (
          <>
            <ButtonLink to="/sync-runs" search={params}>
              Full sync
            </ButtonLink>
            {isOffered('get /connections/{id}/comparison') && (
              <ButtonLink to="/connections/$connectionId/compare" params={params}>
                Compare
              </ButtonLink>
            )}
            {mayConfigure && (
              <ButtonLink to="/connections/$connectionId/settings" params={params}>
                Sync settings
              </ButtonLink>
            )}
            {mayConfigure && <ConnectionActions connection={connection} health={health} />}
          </>
        )
      }
    >
      <StateReason connection={connection} health={health} />
      <ConnectionFacts connection={connection} health={health} />
      <ConnectionGroups connection={connection} />
      {mayConfigure && isThere && connection.state !== 'enabled' && isOffered('post /connections/{id}/preview') && (
        <ConnectionPreview connectionId={connection.id} />
      )}
      {health !== undefined && isThere && (
        <>
          <LiveSyncPanel health={health} state={connection.state} isOn={connection.settings.trigger.live} />
          <LatencyPanel latency={health.latency} />
        </>
      )}
      {mayConfigure && isThere && <SelfTestPanel connectionId={connection.id} />}
    </Page>
  );
}
