import type { ReactElement } from 'react';
import { useMay } from '../app/session.js';
import type { Connection, ConnectionHealth } from '../api/types.js';
import { formatNumber, people } from '../format/counts.js';
import { formatDate } from '../format/instants.js';
import { countedReasons } from '../format/reasons.js';
import { Facts, Mono } from '../parts/facts.js';
import { Instant } from '../parts/instant.js';
import { Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { scheduleWords } from '../settings/schedule-words.js';

interface ConnectionFactsProps {
  readonly connection: Connection;
  readonly health: ConnectionHealth | undefined;
}

export function ConnectionFacts({ connection, health }: ConnectionFactsProps): ReactElement {
  const { tenantId, credential, settings, state, createdAt } = connection;
  const isThere = state !== 'disconnected';
  return (
    <Panel title="At a glance">
      <Facts
        items={[
          ['People', health === undefined ? null : <PeopleLine key="people" connection={connection} health={health} />],
          ['Directory (tenant) ID', <Mono key="tenant">{tenantId}</Mono>],
          ['Application (client) ID', <Mono key="client">{credential.clientId}</Mono>],
          ['Client secret ends', isThere ? <SecretEnd key="secret" connection={connection} /> : null],
          ['Scheduled full sync', isThere ? scheduleWords(settings.trigger.fullSync) : null],
          ['Connected', <Instant key="created" at={createdAt} exact />],
        ]}
      />
    </Panel>
  );
}

function SecretEnd({ connection: { id, cloud, credential } }: Pick<ConnectionFactsProps, 'connection'>): ReactElement {
  const mayConfigure = useMay('sync.configure');
  return (
    <>
      {credential.expiresAt !== null ? formatDate(credential.expiresAt) : cloud === 'simulated' ? 'never' : 'unknown'}
      {mayConfigure && (
        <>
          {' · '}
          <PageLink to="/connections/$connectionId/credential" params={{ connectionId: id }}>
            Rotate secret
          </PageLink>
        </>
      )}
    </>
  );
}

interface PeopleLineProps {
  readonly connection: Connection;
  readonly health: ConnectionHealth;
}

function PeopleLine({ connection: { id, state }, health }: PeopleLineProps): ReactElement {
  const { active, inactive, deactivated, skippedByReason, waiting } = health.people;
  const skipped = countedReasons(skippedByReason);
  return (
    <span>
      <PageLink to="/people" search={{ connectionId: id }}>
        {formatNumber(active)} active, {formatNumber(inactive)} inactive, {formatNumber(deactivated)} deactivated
      </PageLink>
      {skipped !== '' && <> · skipped: {skipped}</>}
      {waiting > 0 && state !== 'disconnected' && <> · changes of {people(waiting)} wait for the next full sync</>}
    </span>
  );
}
