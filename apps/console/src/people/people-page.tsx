import { Button, Select, Field } from '@fluentui/react-components';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { isNarrowed } from '../app/search-params.js';
import { useMay } from '../app/session.js';
import { everyItem, queries } from '../api/queries.js';
import type { Account } from '../api/types.js';
import { ConnectionFilter } from '../connections/connection-filter.js';
import { AddressText } from '../parts/address-text.js';
import { Badge } from '../parts/badge.js';
import { DataTable } from '../parts/data-table.js';
import { ExportButton } from '../parts/export-button.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Filters, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { SearchField } from '../parts/search-field.js';
import { selectColumn } from '../parts/select-column.js';
import { useSelection } from '../parts/use-selection.js';
import { accountCsv, nameOfAccount, statusNames, statusTones } from './account-words.js';
import { FindAnyone } from './find-anyone.js';
import { SelectionBar } from './selection-bar.js';
import { UndoActivation, type Activation } from './undo-activation.js';
import { useConnectionNames } from './use-names.js';

const route = getRouteApi('/people');
const MOST_EXPORTED = 100_000;

/** Everybody who has, or had, an account. */
export function PeoplePage(): ReactElement {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const accounts = useInfiniteQuery(queries.accounts(filter));
  const groups = useQuery(queries.groups(filter.connectionId));
  const connectionName = useConnectionNames();
  const selection = useSelection();
  const [activation, setActivation] = useState<Activation | null>(null);
  const mayRun = useMay('sync.run');
  const change = (part: Partial<typeof filter>) => {
    selection.clear();
    void navigate({ to: '/people', search: { ...filter, ...part }, replace: true });
  };
  const isFiltered = isNarrowed(filter);
  return (
    <Page
      title="People"
      subtitle="The accounts that Rollcall keeps equal to the groups in Entra."
      actions={
        <ExportButton
          name="people"
          columns={accountCsv(connectionName)}
          most={MOST_EXPORTED}
          load={(most) => everyItem<Account>('get /accounts', { ...filter }, most)}
        />
      }
    >
      <Filters>
        <SearchField label="Name or mail" value={filter.q ?? ''} onChange={(q) => change({ q: q === '' ? undefined : q })} />
        <Field label="Status">
          <Select value={filter.status ?? ''} onChange={(_, { value }) => change({ status: statusOf(value) })}>
            <option value="">Any</option>
            <option value="inactive">Inactive</option>
            <option value="active">Active</option>
            <option value="deactivated">Deactivated</option>
          </Select>
        </Field>
        <Field label="Group">
          <Select value={filter.group ?? ''} onChange={(_, { value }) => change({ group: value === '' ? undefined : value })}>
            <option value="">Any</option>
            {groups.data?.map(({ id, connectionId, displayName }) => (
              <option key={`${connectionId} ${id}`} value={id}>
                {displayName ?? id}
              </option>
            ))}
          </Select>
        </Field>
        <ConnectionFilter value={filter.connectionId} onChange={(connectionId) => change({ connectionId })} />
        {isFiltered && (
          <Button
            appearance="subtle"
            onClick={() => change({ q: undefined, status: undefined, group: undefined, connectionId: undefined })}
          >
            Clear
          </Button>
        )}
      </Filters>
      {activation !== null && <UndoActivation activation={activation} onClose={() => setActivation(null)} />}
      {mayRun && (accounts.data?.pages[0]?.items.length ?? 0) > 0 && (
        <SelectionBar selection={selection} filter={filter} hasMore={accounts.hasNextPage} onActivated={setActivation} />
      )}
      <Panel bare>
        <LoadedList query={accounts} noun={['person', 'people']} empty={<NobodyHere isFiltered={isFiltered} q={filter.q} />}>
          {(items) => (
            <DataTable
              caption="People"
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                ...(mayRun
                  ? [selectColumn(selection, { rows: items, nameOf: nameOfAccount, allOfThem: 'Select everybody shown' })]
                  : []),
                {
                  heading: 'Name',
                  cell: (account) => (
                    <PageLink to="/people/$accountId" params={{ accountId: account.id }}>
                      {nameOfAccount(account)}
                    </PageLink>
                  ),
                },
                {
                  heading: 'Mail',
                  cell: ({ email }) =>
                    email !== null && (
                      <span>
                        <AddressText>{email}</AddressText>
                      </span>
                    ),
                },
                {
                  heading: 'Status',
                  narrow: true,
                  cell: ({ status }) => <Badge tone={statusTones[status]}>{statusNames[status]}</Badge>,
                },
                { heading: 'Roles', cell: ({ roles }) => roles.join(', ') },
                { heading: 'Protected', narrow: true, cell: (account) => (account.protected ? 'protected' : '') },
              ]}
            />
          )}
        </LoadedList>
      </Panel>
    </Page>
  );
}

function NobodyHere({ isFiltered, q }: { readonly isFiltered: boolean; readonly q: string | undefined }): ReactElement {
  if (isFiltered) {
    return (
      <Empty title="Nobody fits these filters.">
        <FindAnyone person={q} />
      </Empty>
    );
  }
  return (
    <Empty title="Nobody is here yet.">
      <p>
        <PageLink to="/connections">Connect and enable a tenant</PageLink>: whoever is in a watched group gets an account.
      </p>
    </Empty>
  );
}

function statusOf(value: string): Account['status'] | undefined {
  return value === 'inactive' || value === 'active' || value === 'deactivated' ? value : undefined;
}
