import type { ReactElement } from 'react';
import { Instant } from '../parts/instant.js';
import { Empty, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { PageLink } from '../parts/router-link.js';
import styles from './overview.module.css';
import { useNeeds } from './use-needs.js';

/** What waits for a decision, with count and age; the link settles it. */
export function NeedsYou(): ReactElement {
  const { needs, error } = useNeeds();
  return (
    <Panel title="Needs you" bare>
      {error !== null && <ProblemBox error={error} />}
      {needs.length === 0 && error === null ? (
        <Empty title="Nothing needs you.">
          <p>Held removals, plans to review, secrets that end and messages that failed appear here.</p>
        </Empty>
      ) : (
        <ul className={styles['list']}>
          {needs.map(({ key, to, search, sentence, since }) => (
            <li key={key} className={styles['row']}>
              <span className={styles['rowText']}>
                <PageLink to={to} {...(search && { search })}>
                  {sentence}
                </PageLink>
              </span>
              {since !== null && (
                <span className={styles['aside']}>
                  <Instant at={since} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
