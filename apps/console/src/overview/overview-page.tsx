import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import { withoutRemovedDemo } from '../connections/describe-connection.js';
import { Loaded } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { Tour } from '../tour/tour.js';
import { ConnectionSentence } from './connection-sentence.js';
import { LatestChanges } from './latest-changes.js';
import { NeedsYou } from './needs-you.js';
import styles from './overview.module.css';

/** How every connection is doing, what waits for a person, and what happens now. */
export function OverviewPage(): ReactElement {
  const connections = useQuery({ ...queries.connections(), select: withoutRemovedDemo });
  const mayConfigure = useMay('sync.configure');
  return (
    <Page title="Overview">
      <Tour />
      <div className={styles['columns']}>
        <div className={styles['connections']}>
          <Panel title="Connections" bare>
            <Loaded query={connections}>
              {(items) =>
                items.length === 0 ? (
                  <Empty title="No tenant is connected yet.">
                    <p>Connect a Microsoft Entra tenant, and the people of its groups get their accounts here within seconds.</p>
                    {mayConfigure && <PageLink to="/connections/new">Connect a tenant</PageLink>}
                  </Empty>
                ) : (
                  <ul className={styles['list']}>
                    {items.map((connection) => (
                      <ConnectionSentence key={connection.id} connection={connection} />
                    ))}
                  </ul>
                )
              }
            </Loaded>
          </Panel>
        </div>
        <div className={styles['needs']}>
          <NeedsYou />
        </div>
        <div className={styles['changes']}>{isOffered('get /activity') && <LatestChanges />}</div>
      </div>
    </Page>
  );
}
