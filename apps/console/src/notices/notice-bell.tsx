import { CounterBadge } from '@fluentui/react-components';
import { AlertRegular } from '@fluentui/react-icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';
import { counted } from '../format/counts.js';
import { ButtonLink } from '../parts/button-link.js';

/** How many notices are unread; opens them. */
export function NoticeBell(): ReactElement {
  const notices = useInfiniteQuery(queries.notices());
  const unread = notices.data?.pages.flatMap(({ items }) => items).filter(({ readAt }) => readAt === null).length ?? 0;
  return (
    <ButtonLink to="/notices" appearance="subtle" aria-label={`Notices: ${counted(unread, 'unread notice')}`}>
      <AlertRegular fontSize={20} aria-hidden="true" />
      {unread > 0 && <CounterBadge size="small" color="danger" count={unread} />}
    </ButtonLink>
  );
}
