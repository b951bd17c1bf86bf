import { AlertRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import styles from '../app/shell.module.css';
import { queries } from '../api/queries.js';
import { counted, formatNumber } from '../format/counts.js';

/** How many notices are unread; opens them. */
export function NoticeBell(): ReactElement {
  const { data: unread = 0 } = useQuery(queries.unreadNotices());
  return (
    <Link to="/notices" className={styles['bell']} aria-label={`Notices: ${counted(unread, 'unread notice')}`}>
      <AlertRegular fontSize={20} aria-hidden="true" />
      {unread > 0 && <span className={styles['unread']}>{unread > 99 ? '99+' : formatNumber(unread)}</span>}
    </Link>
  );
}
