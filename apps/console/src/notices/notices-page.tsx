import { Button } from '@fluentui/react-components';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMe } from '../app/session.js';
import { commands } from '../api/commands.js';
import { queries } from '../api/queries.js';
import type { Notice } from '../api/types.js';
import { counted } from '../format/counts.js';
import type { Tone } from '../format/effects.js';
import { Badge } from '../parts/badge.js';
import { ButtonLink } from '../parts/button-link.js';
import { Facts } from '../parts/facts.js';
import { Instant } from '../parts/instant.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { PageLink } from '../parts/router-link.js';
import styles from './notices.module.css';

/** These wait for a person; nothing is broken. */
const TO_DECIDE: readonly Notice['kind'][] = ['toReview', 'guardHolding'];

const SEVERITIES: Readonly<Record<Notice['severity'], readonly [Tone, string]>> = {
  info: ['plain', 'Done'],
  problem: ['bad', 'Problem'],
  resolved: ['good', 'Over'],
};

/** What Rollcall told you, newest first. Links open a page and never act. */
export function NoticesPage(): ReactElement {
  const notices = useInfiniteQuery(queries.notices());
  const isTold = useMe().role === 'superAdmin';
  const client = useQueryClient();
  const items = notices.data?.pages.flatMap((page) => page.items) ?? [];
  const newest = items[0]?.position;
  const readAll = useMutation({
    mutationFn: (upToPosition: number) => commands.readAllNotices(upToPosition),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
  });
  return (
    <Page
      title="Notices"
      subtitle="One open notice per cause; it is updated, and ends with an all-clear."
      actions={
        <>
          {newest !== undefined && items.some(({ readAt }) => readAt === null) && (
            <Button disabled={readAll.isPending} onClick={() => readAll.mutate(newest)}>
              Mark all as read
            </Button>
          )}
          <ButtonLink to="/notices/settings">Who is told what</ButtonLink>
        </>
      }
    >
      {readAll.isError && <ProblemBox error={readAll.error} />}
      <Panel bare>
        <LoadedList
          query={notices}
          noun={['notice', 'notices']}
          empty={
            <Empty title="Nothing to tell.">
              {isTold ? (
                <p>
                  Problems appear here by themselves. Runs that end well do so where "Send notification on refresh" is on, in the
                  sync settings of a connection.
                </p>
              ) : (
                <p>Only super admins are told. What is wrong with a connection stands on its own page.</p>
              )}
            </Empty>
          }
        >
          {(shown) => (
            <ul className={styles['list']}>
              {shown.map((notice) => (
                <NoticeRow key={notice.id} notice={notice} />
              ))}
            </ul>
          )}
        </LoadedList>
      </Panel>
    </Page>
  );
}

/** What has become of the alert since the notice: it is over, or was seen again. */
function AlertNow({ alert: { state, count, updatedAt, resolvedAt } }: { readonly alert: NonNullable<Notice['alert']> }) {
  if (state === 'resolved' && resolvedAt !== null) {
    return (
      <Badge tone="good">
        over since <Instant at={resolvedAt} exact />
      </Badge>
    );
  }
  if (count === 1) return null;
  return (
    <span>
      seen {counted(count, 'time')}, last <Instant at={updatedAt} />
    </span>
  );
}

function NoticeRow({ notice }: { readonly notice: Notice }): ReactElement {
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: () => commands.readNotice(notice.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
  });
  const { kind, severity, content, note, createdAt, readAt, alert } = notice;
  const [tone, word] =
    severity === 'problem' && TO_DECIDE.includes(kind) ? (['warning', 'To decide'] as const) : SEVERITIES[severity];
  const facts = content.facts.map(
    ({ label, value, isInstant }) => [label, isInstant ? <Instant at={value} exact /> : value] as const,
  );
  return (
    <li className={styles['notice']} data-unread={readAt === null}>
      <div className={styles['head']}>
        <Badge tone={tone}>{word}</Badge>
        <b>{content.title}</b>
        <Instant at={createdAt} />
        {severity === 'problem' && alert !== null && <AlertNow alert={alert} />}
        {readAt === null && (
          <Button size="small" appearance="subtle" disabled={read.isPending} onClick={() => read.mutate()}>
            Mark as read
          </Button>
        )}
      </div>
      {content.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {note !== null && <p>{note}</p>}
      {facts.length > 0 && <Facts items={facts} />}
      <p className={styles['links']}>
        {content.links.map(({ label, path }) => (
          <PageLink key={path} to={path}>
            {label}
          </PageLink>
        ))}
      </p>
    </li>
  );
}
