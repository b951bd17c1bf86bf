import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Activity } from '../api/types.js';
import { causeName, changedFields, effectTone, effectVerb } from '../format/effects.js';
import { formatDuration, millisecondsBetween } from '../format/instants.js';
import { Badge } from '../parts/badge.js';
import { Instant } from '../parts/instant.js';
import { JsonDialog } from '../parts/json-dialog.js';
import { PageLink } from '../parts/router-link.js';
import styles from './person.module.css';
import { useGroupNames } from './use-names.js';

/** The effects on one person, newest first, each from its notice to its row. */
export function Timeline({ entries }: { readonly entries: readonly Activity[] }): ReactElement {
  const groupName = useGroupNames();
  return (
    <ol className={styles['timeline']}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <div className={styles['event']}>
            <Badge tone={effectTone(entry.type)}>{effectVerb(entry.type)}</Badge>
            {entry.groupId !== null && (
              <PageLink to="/groups/$connectionId/$groupId" params={{ connectionId: entry.connectionId, groupId: entry.groupId }}>
                {groupName(entry.groupId)}
              </PageLink>
            )}
            <span className={styles['when']}>
              <Instant at={entry.appliedAt} exact /> · {causeName(entry.cause.kind)}
              {entry.runId !== null && (
                <>
                  {' '}
                  <PageLink to="/sync-runs/$runId" params={{ runId: entry.runId }}>
                    open the run
                  </PageLink>
                </>
              )}
            </span>
            <JsonDialog
              title="The effect, as the API has it"
              value={entry}
              trigger={
                <Button size="small" appearance="subtle">
                  JSON
                </Button>
              }
            />
          </div>
          <WayOfTheChange entry={entry} />
          <ul className={styles['fields']}>
            {changedFields(entry.before, entry.after).map(({ field, before, after }) => (
              <li key={field}>
                <code>{field}</code> {before === '' ? '' : <del>{before}</del>} {after === '' ? 'nothing' : <ins>{after}</ins>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** Notice, read, log, row: with the time that each leg took. */
function WayOfTheChange({ entry }: { readonly entry: Activity }): ReactElement | null {
  const { noticedAt, readAt, publishedAt, appliedAt } = entry;
  const stops = [
    ['notice from Entra', noticedAt],
    ['read from Graph', readAt],
    ['in the log', publishedAt],
    ['row written', appliedAt],
  ].filter((stop): stop is [string, string] => stop[1] !== null);
  if (stops.length < 2) return null;
  return (
    <p className={styles['way']}>
      {stops.map(([name, at], index) => {
        const previous = stops[index - 1]?.[1];
        return (
          <span key={name}>
            {previous === undefined ? name : ` → ${formatDuration(millisecondsBetween(previous, at))} → ${name}`}
          </span>
        );
      })}
    </p>
  );
}
