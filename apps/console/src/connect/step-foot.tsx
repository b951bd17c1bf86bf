import { Button } from '@fluentui/react-components';
import { useId, type ReactElement, type ReactNode } from 'react';
import styles from './connect.module.css';
import type { Obstacle } from './obstacle.js';

interface StepFootProps {
  readonly back: (() => void) | null;
  readonly next: () => void;
  readonly obstacle: Obstacle | null;
  /** Goes on all the same. */
  readonly pass?: () => void;
  readonly children?: ReactNode;
}

/** Back and next, with the reason where it does not lead on; whatever else the step can do stands beside them. */
export function StepFoot({ back, next, obstacle, pass, children }: StepFootProps): ReactElement {
  const reason = useId();
  return (
    <div className={styles['foot']}>
      {back !== null && <Button onClick={back}>Back</Button>}
      <Button
        appearance="primary"
        disabledFocusable={obstacle !== null}
        {...(obstacle !== null && { 'aria-describedby': reason })}
        onClick={next}
      >
        Next
      </Button>
      {children}
      {obstacle !== null && (
        <p id={reason} className={styles['reason']}>
          {obstacle.sentence}
        </p>
      )}
      {obstacle !== null && obstacle.passing !== null && pass !== undefined && <Button onClick={pass}>{obstacle.passing}</Button>}
    </div>
  );
}
