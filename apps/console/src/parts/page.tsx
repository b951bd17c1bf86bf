import { useEffect, type ReactElement, type ReactNode } from 'react';
import styles from './parts.module.css';

interface PageProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: its heading, what it is for, what can be done, and its panels. */
export function Page({ title, subtitle, actions, children }: PageProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · Rollcall`;
  }, [title]);
  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <div>
          <h1 className={styles['title']}>{title}</h1>
          {subtitle !== undefined && <p className={styles['subtitle']}>{subtitle}</p>}
        </div>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

interface PanelProps {
  readonly title?: string;
  readonly aside?: ReactNode;
  /** Without padding: for tables that reach the border. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, aside, bare = false, children }: PanelProps): ReactElement {
  return (
    <section className={`${styles['panel'] ?? ''} ${bare ? (styles['bare'] ?? '') : ''}`} {...(title && { 'aria-label': title })}>
      {(title !== undefined || aside !== undefined) && (
        <div className={styles['panelHead']}>
          {title !== undefined && <h2 className={styles['panelTitle']}>{title}</h2>}
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

export function Filters({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles['filters']}>{children}</div>;
}

/** What is not there yet, why that may be, and what to do. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactElement {
  return (
    <div className={styles['empty']}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}
