import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useLiveState } from '../live/live-provider.js';
import { Instant, useNow } from '../parts/instant.js';
import styles from './shell.module.css';

/** In the top bar: whether what the pages show is as it is now. */
export function LiveIndicator(): ReactElement {
  const { status } = useLiveState();
  const text = { live: 'Live', broken: 'Not live', connecting: 'Connecting' }[status];
  return (
    <span className={styles['live']} role="status" aria-label={`Live updates: ${text}`}>
      <span className={styles['dot']} data-status={status} />
      <span className={styles['liveText']}>{text}</span>
    </span>
  );
}

const PATIENCE_MS = 2_000;

/** Above the page, once a break lasts: what is shown may be old. */
export function LiveBroken(): ReactElement | null {
  const state = useLiveState();
  const now = useNow(state.status === 'broken' ? 1_000 : null);
  if (state.status !== 'broken' || now.getTime() - state.since.getTime() < PATIENCE_MS) return null;
  return (
    <MessageBar intent="warning" className={styles['broken'] ?? ''}>
      <MessageBarBody>
        Live updates are broken since <Instant at={state.since.toISOString()} exact />. What you see may be out of date; they
        resume by themselves where they broke.
      </MessageBarBody>
    </MessageBar>
  );
}
