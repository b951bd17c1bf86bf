import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import type { Connection } from '../api/types.js';
import { describeConnection, statusOf } from '../connections/describe-connection.js';
import { Badge } from '../parts/badge.js';
import { PageLink } from '../parts/router-link.js';
import styles from './overview.module.css';

/** A connection in one sentence. */
export function ConnectionSentence({ connection }: { readonly connection: Connection }): ReactElement {
  const { data: health } = useQuery({
    ...queries.health(connection.id),
    enabled: isOffered('get /connections/{id}/health') && connection.state !== 'disconnected',
  });
  const { word, tone } = statusOf(connection, health);
  return (
    <li className={styles['row']}>
      <div className={styles['rowText']}>
        <div className={styles['connectionHead']}>
          <PageLink to="/connections/$connectionId" params={{ connectionId: connection.id }}>
            {connection.name}
          </PageLink>
          <Badge tone={tone}>{word}</Badge>
          {connection.cloud === 'simulated' && <Badge tone="plain">Simulated</Badge>}
        </div>
        <p>{describeConnection(connection, health)}</p>
        {connection.reason?.remedy !== undefined && <p>{connection.reason.remedy}</p>}
      </div>
    </li>
  );
}
