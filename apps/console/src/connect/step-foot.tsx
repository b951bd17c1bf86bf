import { Button } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import styles from './connect.module.css';

interface StepFootProps {
  readonly back: (() => void) | null;
  readonly next: () => void;
  readonly canGoOn?: boolean;
  readonly children?: ReactNode;
}

/** Back and next; whatever else the step can do stands beside them. */
export function StepFoot({ back, next, canGoOn = true, children }: StepFootProps): ReactElement {
  return (
    <div className={styles['foot']}>
      {back !== null && <Button onClick={back}>Back</Button>}
      <Button appearance="primary" disabled={!canGoOn} onClick={next}>
        Next
      </Button>
      {children}
    </div>
  );
}
