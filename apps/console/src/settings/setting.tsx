import type { ReactElement, ReactNode } from 'react';
import styles from './form.module.css';

/** A setting with its effect in a sentence. */
export function Setting({ effect, children }: { readonly effect: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles['setting']}>
      {children}
      <p className={styles['effect']}>{effect}</p>
    </div>
  );
}
