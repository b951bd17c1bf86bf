import { Button } from '@fluentui/react-components';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import type { Notice } from '../api/notices.js';
import { queries } from '../api/queries.js';
import type { Tone } from '../format/effects.js';
import { Badge } from '../parts/badge.js';
import { Facts } from '../parts/facts.js';
import { Instant } from '../parts/instant.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import styles from './notices.module.css';

const SEVERITIES: Readonly<Record<Notice['severity'], readonly [Tone, string]>> = {
  info: ['plain', 'Done'],
  problem: ['bad', 'Problem'],
  resolved: ['good', 'Over'],
};

/** What Rollcall told you, newest first. Links open a page and never act. */
export function NoticesPage(): ReactElement {
  const notices = useInfiniteQuery(queries.notices());
  return (
    <Page title="Notices" subtitle="One open notice per cause; it is updated, and ends with an all-clear.">
      <Panel bare>
        <LoadedList
          query={notices}
          noun={['notice', 'notices']}
          empty={
            <Empty title="Nothing to tell.">
              <p>Problems appear here by themselves. Runs that end well do so where "Send notification on refresh" is on.</p>
            </Empty>
          }
        >
          {(items) => (
            <ul className={styles['list']}>
              {items.map((notice) => (
                <NoticeRow key={notice.id} notice={notice} />
              ))}
            </ul>
          )}
        </LoadedList>
      </Panel>
    </Page>
  );
}

function NoticeRow({ notice }: { readonly notice: Notice }): ReactElement {
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: () => commands.readNotice(notice.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
  });
  const { severity, content, note, createdAt, readAt } = notice;
  const [tone, word] = SEVERITIES[severity];
  return (
    <li className={styles['notice']} data-unread={readAt === null}>
      <div className={styles['head']}>
        <Badge tone={tone}>{word}</Badge>
        <b>{content.title}</b>
        <Instant at={createdAt} />
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
      {content.facts.length > 0 && <Facts items={content.facts.map(({ label, value }) => [label, value])} />}
      {content.links.map(({ label, path }) => (
        <a key={path} href={path}>
          {label}
        </a>
      ))}
    </li>
  );
}
