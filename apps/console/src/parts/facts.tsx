import type { ReactElement, ReactNode } from 'react';
import styles from './parts.module.css';

/** Names and values, one under the other. Values that are null are left out. */
export function Facts({ items }: { readonly items: readonly (readonly [name: string, value: ReactNode])[] }): ReactElement {
  return (
    <dl className={styles['facts']}>
      {items
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <FactRow key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function FactRow({ name, value }: { readonly name: string; readonly value: ReactNode }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

export function Mono({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className={styles['mono']}>{children}</span>;
}
