import type { ReactElement } from 'react';
import type { Connection, ConnectionHealth } from '../api/types.js';
import { formatNumber, people } from '../format/counts.js';
import { formatDate } from '../format/instants.js';
import { countedReasons } from '../format/reasons.js';
import { Facts, Mono } from '../parts/facts.js';
import { Instant } from '../parts/instant.js';
import { Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { PlainSchedule } from '../settings/plain-schedule.js';

interface ConnectionFactsProps {
  readonly connection: Connection;
  readonly health: ConnectionHealth | undefined;
}

export function ConnectionFacts({ connection, health }: ConnectionFactsProps): ReactElement {
  const { id, tenantId, cloud, credential, settings, createdAt } = connection;
  return (
    <Panel title="At a glance">
      <Facts
        items={[
          ['People', health === undefined ? null : <PeopleLine key="people" connectionId={id} health={health} />],
          ['Directory (tenant) ID', <Mono key="tenant">{tenantId}</Mono>],
          ['Application (client) ID', <Mono key="client">{credential.clientId}</Mono>],
          [
            'Client secret ends',
            <span key="secret">
              {credential.expiresAt !== null ? formatDate(credential.expiresAt) : cloud === 'simulated' ? 'never' : 'unknown'} ·{' '}
              <PageLink to="/connections/$connectionId/credential" params={{ connectionId: id }}>
                Rotate secret
              </PageLink>
            </span>,
          ],
          ['Scheduled full sync', <PlainSchedule key="schedule" schedule={settings.trigger.fullSync} />],
          ['Connected', <Instant key="created" at={createdAt} exact />],
        ]}
      />
    </Panel>
  );
}

interface PeopleLineProps {
  readonly connectionId: string;
  readonly health: ConnectionHealth;
}

function PeopleLine({ connectionId, health }: PeopleLineProps): ReactElement {
  const { active, inactive, deactivated, skippedByReason, waiting } = health.people;
  const skipped = countedReasons(skippedByReason);
  return (
    <span>
      <PageLink to="/people" search={{ connectionId }}>
        {formatNumber(active)} active, {formatNumber(inactive)} inactive, {formatNumber(deactivated)} deactivated
      </PageLink>
      {skipped !== '' && <> · skipped: {skipped}</>}
      {waiting > 0 && <> · changes of {people(waiting)} wait for the next full sync</>}
    </span>
  );
}
