import { Button, Spinner } from '@fluentui/react-components';
import type { UseInfiniteQueryResult, UseQueryResult, InfiniteData } from '@tanstack/react-query';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import type { Page as ListPage } from '../api/types.js';
import { counted } from '../format/counts.js';
import styles from './parts.module.css';
import { Page } from './page.js';
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

interface LoadedPageProps<Data> extends LoadedProps<Data> {
  /** What the page is about. */
  readonly title: string;
}

/** As {@link Loaded}, for a page that takes its title from what it reads: it has a heading also where that could not be read. */
export function LoadedPage<Data>({ query, title, children }: LoadedPageProps<Data>): ReactElement {
  const loaded = <Loaded query={query}>{children}</Loaded>;
  return query.data === undefined && query.isError ? <Page title={title}>{loaded}</Page> : loaded;
}

interface LoadedListProps<Item> {
  readonly query: UseInfiniteQueryResult<InfiniteData<ListPage<Item>>>;
  /** What the items are called, one and many. */
  readonly noun: readonly [one: string, many: string];
  readonly empty: ReactNode;
  /** How many of the items are shown, where the page leaves some out. */
  readonly shown?: number;
  readonly children: (items: Item[]) => ReactNode;
}

/** A list, page by page, with what to do where it is empty. */
export function LoadedList<Item>({ query, noun, empty, shown, children }: LoadedListProps<Item>): ReactElement {
  if (query.data === undefined) {
    if (query.isError) return <ProblemBox error={query.error} onRetry={() => void query.refetch()} />;
    return <Waiting />;
  }
  const items = query.data.pages.flatMap((page) => page.items);
  // A filter may fit nothing of what the service looked at for the first page, and something further on.
  if (items.length === 0 && query.hasNextPage) return <LookingOn query={query} />;
  if (items.length === 0) return <>{empty}</>;
  const count = shown ?? items.length;
  return (
    <>
      {children(items)}
      <div className={styles['more']}>
        <span role="status">{query.hasNextPage ? `The first ${counted(count, ...noun)}` : counted(count, ...noun)}</span>
        {query.hasNextPage && (
          <Button size="small" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </>
  );
}

function LookingOn({ query }: { readonly query: UseInfiniteQueryResult }): ReactElement {
  const { fetchNextPage, isFetchingNextPage, isError, error } = query;
  useEffect(() => {
    if (!isFetchingNextPage && !isError) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage, isError]);
  return isError ? <ProblemBox error={error} onRetry={() => void fetchNextPage()} /> : <Waiting />;
}
