import type { ReactElement } from 'react';
import type { Preview, PreviewedPerson } from '../api/types.js';
import { counted, formatNumber, people } from '../format/counts.js';
import { DataTable, type Column } from '../parts/data-table.js';
import { Empty } from '../parts/page.js';
import { previewSentence } from './preview-sentence.js';

/** Kinds of members as Graph calls them, where people call them otherwise. */
const KINDS: Readonly<Record<string, string>> = { orgContact: 'contact', servicePrincipal: 'service principal' };

const toKnow: Column<Preview['groups'][number]> = {
  heading: 'To know',
  cell: ({ problems }) => problems.map(({ code, message }) => `${message} (${code})`).join(' '),
};

const why: Column<PreviewedPerson> = {
  heading: 'Why',
  cell: ({ reason }) =>
    reason !== null && (
      <span>
        {reason.message} <code>{reason.code}</code>
      </span>
    ),
};

/** Counts against Entra's own, who would come, who would be skipped and why. */
export function PreviewView({ preview }: { readonly preview: Preview }): ReactElement {
  return (
    <>
      <p role="status">{previewSentence(preview)}</p>
      <DataTable
        caption="Groups"
        rows={preview.groups}
        keyOf={({ id }) => id}
        columns={[
          { heading: 'Group', cell: ({ id, displayName }) => displayName ?? id },
          {
            heading: 'In Entra',
            numeric: true,
            narrow: true,
            cell: ({ inEntra }) => (inEntra === null ? '?' : formatNumber(inEntra)),
          },
          {
            heading: 'Read',
            cell: ({ members }) =>
              Object.entries(members)
                .map(([kind, count]) => counted(count, KINDS[kind] ?? kind))
                .join(', '),
          },
          ...(preview.groups.some(({ problems }) => problems.length > 0) ? [toKnow] : []),
        ]}
      />
      <PersonList title="Would come" persons={preview.people} total={preview.counts.people - preview.counts.skip} />
      {preview.skipped.length > 0 && (
        <PersonList title="Would be skipped" persons={preview.skipped} total={preview.counts.skip} />
      )}
    </>
  );
}

interface PersonListProps {
  readonly title: string;
  readonly persons: readonly PreviewedPerson[];
  readonly total: number;
}

const ACTIONS: Readonly<Record<PreviewedPerson['action'], string>> = {
  create: 'new account',
  reactivate: 'account comes back',
  update: 'account changes',
  grant: 'joins a group',
  deactivate: 'account is deactivated',
  unchanged: 'stays as it is',
  skip: 'no account',
};

function PersonList({ title, persons, total }: PersonListProps): ReactElement {
  // Of those who are in already only whoever changes is listed.
  if (persons.length === 0) return <Empty title={`${title}: nobody${total > 0 ? ' new' : ''}.`} />;
  return (
    <>
      <h3>
        {title}: {people(Math.max(total, persons.length))}
        {persons.length < total && `, the first ${formatNumber(persons.length)}`}
      </h3>
      <DataTable
        caption={title}
        rows={persons}
        keyOf={({ entraObjectId }) => entraObjectId}
        columns={[
          { heading: 'Name', cell: ({ displayName, entraObjectId }) => displayName ?? entraObjectId },
          { heading: 'Mail', cell: ({ email, userPrincipalName }) => email ?? userPrincipalName },
          { heading: 'What', narrow: true, cell: ({ action }) => ACTIONS[action] },
          ...(persons.some(({ reason }) => reason !== null) ? [why] : []),
        ]}
      />
    </>
  );
}
