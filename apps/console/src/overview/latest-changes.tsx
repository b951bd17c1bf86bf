import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactElement } from 'react';
import { queries } from '../api/queries.js';
import type { Activity } from '../api/types.js';
import { EffectSentence } from '../activity/effect-sentence.js';
import { formatDuration, millisecondsBetween } from '../format/instants.js';
import { Instant } from '../parts/instant.js';
import { Loaded } from '../parts/loaded.js';
import { Empty, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import styles from './overview.module.css';

/** The newest effects; a row appears while the page is open, with the time that it took. */
export function LatestChanges(): ReactElement {
  const latest = useQuery(queries.latestActivity());
  const shown = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (latest.data !== undefined) shown.current = new Set(latest.data.map(({ id }) => id));
  }, [latest.data]);
  return (
    <Panel title="Latest changes" bare aside={<PageLink to="/activity">All activity</PageLink>}>
      <Loaded query={latest}>
        {(items) =>
          items.length === 0 ? (
            <Empty title="Nothing has happened yet.">
              <p>As soon as a tenant is connected and enabled, every account that is made or changed appears here by itself.</p>
            </Empty>
          ) : (
            <ul className={styles['list']} aria-label="Latest changes" aria-live="polite">
              {items.map((entry) => (
                <ChangeRow key={entry.id} entry={entry} isNew={shown.current !== null && !shown.current.has(entry.id)} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function ChangeRow({ entry, isNew }: { readonly entry: Activity; readonly isNew: boolean }): ReactElement {
  return (
    <li className={`${styles['row'] ?? ''} ${isNew ? (styles['new'] ?? '') : ''}`}>
      <span className={styles['rowText']}>
        <EffectSentence entry={entry} />
      </span>
      <span className={styles['aside']}>
        {entry.noticedAt !== null && (
          <>arrived {formatDuration(millisecondsBetween(entry.noticedAt, entry.appliedAt))} after the notice · </>
        )}
        <Instant at={entry.appliedAt} />
      </span>
    </li>
  );
}
