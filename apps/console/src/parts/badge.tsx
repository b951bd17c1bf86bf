import type { ReactElement, ReactNode } from 'react';
import type { Tone } from '../format/effects.js';
import styles from './parts.module.css';

/** A state in one word; the word says it, the colour repeats it. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactElement {
  return <span className={`${styles['badge'] ?? ''} ${styles[tone] ?? ''}`}>{children}</span>;
}
