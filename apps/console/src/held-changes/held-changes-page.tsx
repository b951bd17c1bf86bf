import { Button, Field, Select } from '@fluentui/react-components';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import type { HeldChange, HeldSelection } from '../api/types.js';
import { ConnectionFilter } from '../connections/connection-filter.js';
import { counted } from '../format/counts.js';
import { useGroupNames } from '../people/use-names.js';
import { DataTable } from '../parts/data-table.js';
import { Instant } from '../parts/instant.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Filters, Page, Panel } from '../parts/page.js';
import { selectColumn } from '../parts/select-column.js';
import { useSelection } from '../parts/use-selection.js';
import { PinsPanel } from '../pins/pins-panel.js';
import form from '../settings/form.module.css';
import { ClosedHoldsPanel } from './closed-holds-panel.js';
import { DecideDialog, type Decision } from './decide-dialog.js';
import { HeldPerson } from './held-person.js';
import { nameOfHeld, wouldWords } from './held-words.js';

const route = getRouteApi('/held-changes');

/** What the guard, or a review, keeps from happening until somebody decides. */
export function HeldChangesPage(): ReactElement {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const held = useInfiniteQuery(queries.held(filter));
  const groups = useQuery(queries.groups(filter.connectionId));
  const mayApprove = useMay('sync.approve');
  const change = (part: Partial<typeof filter>) =>
    void navigate({ to: '/held-changes', search: { ...filter, ...part }, replace: true });
  return (
    <Page
      title="Held changes"
      subtitle="Where more removals come at once than the guard allows, or your settings ask for a review, nothing happens to these people until somebody decides; what the tenant takes back dissolves by itself, with a note below."
    >
      <Filters>
        <ConnectionFilter value={filter.connectionId} onChange={(connectionId) => change({ connectionId, groupId: undefined })} />
        <Field label="Group">
          <Select value={filter.groupId ?? ''} onChange={(_, { value }) => change({ groupId: value === '' ? undefined : value })}>
            <option value="">Any</option>
            {groups.data?.map(({ id, connectionId, displayName }) => (
              <option key={`${connectionId} ${id}`} value={id}>
                {displayName ?? id}
              </option>
            ))}
          </Select>
        </Field>
      </Filters>
      <Panel bare>
        <LoadedList
          query={held}
          noun={['held change', 'held changes']}
          empty={
            <Empty title="Nothing is held.">
              <p>
                When a group is emptied by mistake, or half of it leaves at once, the removals wait here instead of happening.
              </p>
            </Empty>
          }
        >
          {(items) => <HeldTable items={items} hasMore={held.hasNextPage} filter={filter} mayDecide={mayApprove} />}
        </LoadedList>
      </Panel>
      <ClosedHoldsPanel connectionId={filter.connectionId} groupId={filter.groupId} />
      {isOffered('get /pins') && <PinsPanel connectionId={filter.connectionId} groupId={filter.groupId} />}
    </Page>
  );
}

interface HeldTableProps {
  readonly items: readonly HeldChange[];
  readonly hasMore: boolean;
  readonly filter: { readonly connectionId?: string | undefined; readonly groupId?: string | undefined };
  readonly mayDecide: boolean;
}

function HeldTable({ items, hasMore, filter, mayDecide }: HeldTableProps): ReactElement {
  const groupName = useGroupNames();
  const selection = useSelection();
  const [asked, ask] = useState<{ decision: Decision; selection: HeldSelection[]; count: number } | null>(null);
  // Rows dissolve while the page is open; only what is still shown can be decided.
  const chosen = items.filter(({ id }) => selection.has(id)).map(({ id }) => id);
  const askSome = (decision: Decision) => ask({ decision, selection: [{ ids: chosen }], count: chosen.length });
  const askAll = (decision: Decision) => ask({ decision, selection: allOf(items, filter), count: items.length });
  return (
    <>
      {mayDecide && (
        <div className={`inset ${form['actions'] ?? ''}`}>
          <span role="status">
            {chosen.length === 0 ? 'Select some, or decide about all:' : `${counted(chosen.length, 'change')} selected.`}
          </span>
          {chosen.length > 0 ? (
            <>
              <Button key="release some" size="small" onClick={() => askSome('release')}>
                Release {counted(chosen.length, 'change')}
              </Button>
              <Button key="reject some" size="small" onClick={() => askSome('reject')}>
                Reject {counted(chosen.length, 'change')}
              </Button>
            </>
          ) : (
            <>
              <Button size="small" onClick={() => askAll('release')}>
                Release all {hasMore ? '' : items.length}
              </Button>
              <Button size="small" onClick={() => askAll('reject')}>
                Reject all {hasMore ? '' : items.length}
              </Button>
            </>
          )}
        </div>
      )}
      <DataTable
        caption="Held changes"
        rows={items}
        keyOf={({ id }) => id}
        columns={[
          ...(mayDecide
            ? [selectColumn(selection, { rows: items, nameOf: nameOfHeld, allOfThem: 'Select all that are shown' })]
            : []),
          { heading: 'Who', name: true, cell: (item) => <HeldPerson change={item} /> },
          {
            heading: 'Would',
            cell: ({ action, groupId }) => `${wouldWords(action)}${groupId === null ? '' : ` ${groupName(groupId)}`}`,
          },
          { heading: 'Why it is held', cell: ({ reason }) => <span title={reason.code}>{reason.message}</span> },
          // Shown where removals take two people, and one has approved already.
          ...(items.some(({ firstApproval }) => firstApproval !== null)
            ? [{ heading: 'Approved first by', cell: ({ firstApproval }: HeldChange) => firstBy(firstApproval) }]
            : []),
          { heading: 'Since', narrow: true, cell: ({ heldAt }) => <Instant at={heldAt} /> },
        ]}
      />
      {asked !== null && (
        <DecideDialog {...asked} hasMore={hasMore && chosen.length === 0} onDone={selection.clear} onClose={() => ask(null)} />
      )}
    </>
  );
}

function firstBy(approval: HeldChange['firstApproval']): ReactElement | null {
  if (approval === null) return null;
  return (
    <>
      {approval.by.displayName ?? 'somebody who has left'}, <Instant at={approval.at} />
    </>
  );
}

/** Everything that was there when it was asked, per connection: what arrives later is not decided unseen. */
function allOf(items: readonly HeldChange[], filter: HeldTableProps['filter']): HeldSelection[] {
  const asOf = new Date().toISOString();
  const connectionIds = [...new Set(items.map(({ connectionId }) => connectionId))];
  return connectionIds.map((connectionId) => ({
    connectionId,
    ...(filter.groupId === undefined ? {} : { groupId: filter.groupId }),
    asOf,
  }));
}
