import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useMe } from '../app/session.js';
import type { Activity, HeldChange } from '../api/types.js';
import { causeName, changedFields, effectTone, effectVerb, fieldName } from '../format/effects.js';
import { formatDuration, millisecondsBetween } from '../format/instants.js';
import { endingOf, wouldWords } from '../held-changes/held-words.js';
import { Badge } from '../parts/badge.js';
import { Instant } from '../parts/instant.js';
import { JsonDialog } from '../parts/json-dialog.js';
import { PageLink } from '../parts/router-link.js';
import { mergeTimeline } from './merge-timeline.js';
import styles from './person.module.css';
import { useGroupNames } from './use-names.js';

interface TimelineProps {
  readonly entries: readonly Activity[];
  /** What was held of this person and is not any more. */
  readonly ended: readonly HeldChange[];
  /** Whether `entries` are all that there are. */
  readonly isWhole: boolean;
}

/** What happened to one person, newest first: each effect from its notice to its row, and how what was held ended. */
export function Timeline({ entries, ended, isWhole }: TimelineProps): ReactElement {
  return (
    <ol className={styles['timeline']}>
      {mergeTimeline(entries, ended, isWhole).map((moment) =>
        'effect' in moment ? (
          <Effect key={moment.effect.id} entry={moment.effect} />
        ) : (
          <EndOfHold key={moment.ended.id} held={moment.ended} />
        ),
      )}
    </ol>
  );
}

function Effect({ entry }: { readonly entry: Activity }): ReactElement {
  return (
    <li>
      <div className={styles['event']}>
        <Badge tone={effectTone(entry.type)}>{effectVerb(entry.type)}</Badge>
        <GroupLink connectionId={entry.connectionId} groupId={entry.groupId} />
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
            {fieldName(field)}: {before === '' ? '' : <del>{before}</del>} {after === '' ? 'nothing' : <ins>{after}</ins>}
          </li>
        ))}
      </ul>
    </li>
  );
}

function EndOfHold({ held }: { readonly held: HeldChange }): ReactElement {
  const me = useMe();
  return (
    <li>
      <div className={styles['event']}>
        <Badge tone="plain">{endingOf(held, me)}</Badge>
        <span>was held: would {wouldWords(held.action)}</span>
        <GroupLink connectionId={held.connectionId} groupId={held.groupId} />
        <span className={styles['when']}>{held.closed !== null && <Instant at={held.closed.at} exact />}</span>
      </div>
      {held.closed?.note != null && <p className={styles['way']}>{held.closed.note}</p>}
    </li>
  );
}

interface GroupLinkProps {
  readonly connectionId: string;
  readonly groupId: string | null;
}

function GroupLink({ connectionId, groupId }: GroupLinkProps): ReactElement | null {
  const groupName = useGroupNames();
  if (groupId === null) return null;
  return (
    <PageLink to="/groups/$connectionId/$groupId" params={{ connectionId, groupId }}>
      {groupName(groupId)}
    </PageLink>
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
