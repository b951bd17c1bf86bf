import { Button, Spinner } from '@fluentui/react-components';
import type { UseInfiniteQueryResult, UseQueryResult, InfiniteData } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import type { Page as ListPage } from '../api/types.js';
import { counted } from '../format/counts.js';
import styles from './parts.module.css';
import { ProblemBox } from './problem-box.js';

export function Waiting(): ReactElement {
  return (
    <div className={styles['waiting']}>
      <Spinner size="small" label="Loading" />
    </div>
  );
}

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** What was read, or that it is being read, or why it could not be. What is shown stays while it is read again. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>): ReactElement {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ProblemBox error={query.error} onRetry={() => void query.refetch()} />;
  return <Waiting />;
}

interface LoadedListProps<Item> {
  readonly query: UseInfiniteQueryResult<InfiniteData<ListPage<Item>>>;
  /** What the items are called, one and many. */
  readonly noun: readonly [one: string, many: string];
  readonly empty: ReactNode;
  readonly children: (items: Item[]) => ReactNode;
}

/** A list, page by page, with what to do where it is empty. */
export function LoadedList<Item>({ query, noun, empty, children }: LoadedListProps<Item>): ReactElement {
  if (query.data === undefined) {
    if (query.isError) return <ProblemBox error={query.error} onRetry={() => void query.refetch()} />;
    return <Waiting />;
  }
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <>{empty}</>;
  return (
    <>
      {children(items)}
      <div className={styles['more']}>
        <span role="status">
          {query.hasNextPage ? `The first ${counted(items.length, ...noun)}` : counted(items.length, ...noun)}
        </span>
        {query.hasNextPage && (
          <Button size="small" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </>
  );
}
