import { Button, Spinner } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import type { Check } from '../api/types.js';
import { Badge } from '../parts/badge.js';
import { DataTable } from '../parts/data-table.js';
import { Instant } from '../parts/instant.js';
import { Empty, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';

/** Tries all that live sync needs; each check says what is wrong and how to mend it. */
export function SelfTestPanel({ connectionId }: { readonly connectionId: string }): ReactElement {
  const test = useMutation({ mutationFn: () => commands.selfTest(connectionId) });
  return (
    <Panel
      title="Self-test"
      bare
      aside={
        <Button size="small" disabled={test.isPending} onClick={() => test.mutate()}>
          {test.isPending ? <Spinner size="tiny" label="Testing" /> : 'Run the self-test'}
        </Button>
      }
    >
      {test.isError && <ProblemBox error={test.error} />}
      {test.data === undefined ? (
        <Empty title="Not run on this page yet.">
          <p>It asks for a token, tries each permission, reads each group and calls the webhook. It changes nothing.</p>
        </Empty>
      ) : (
        <>
          <p className="inset" role="status">
            {test.data.ok ? 'Everything that live sync needs works.' : 'Something that live sync needs does not work.'} Tried{' '}
            <Instant at={test.data.checkedAt} />.
          </p>
          <CheckTable checks={test.data.checks} />
        </>
      )}
    </Panel>
  );
}

export function CheckTable({ checks }: { readonly checks: readonly Check[] }): ReactElement {
  return (
    <DataTable
      caption="Checks"
      rows={checks}
      keyOf={({ name }) => name}
      columns={[
        {
          heading: 'Result',
          narrow: true,
          cell: ({ ok, code }) => (
            <Badge tone={ok ? (code === null ? 'good' : 'warning') : 'bad'}>
              {ok ? (code === null ? 'works' : 'look') : 'fails'}
            </Badge>
          ),
        },
        { heading: 'Check', narrow: true, cell: ({ name }) => checkName(name) },
        {
          heading: 'What was found',
          cell: ({ message, remedy, code }) => (
            <span>
              {message} {remedy} {code !== null && <code>{code}</code>}
            </span>
          ),
        },
      ]}
    />
  );
}

const PROBES: Readonly<Record<string, string>> = {
  token: 'Token',
  webhook: 'Webhook',
  'permission:groups': 'Find groups',
  'permission:groupsDelta': 'Follow groups',
  'permission:members': 'Read members',
  'permission:users': 'Read people',
  'permission:usersDelta': 'Follow people',
};

function checkName(name: string): string {
  return PROBES[name] ?? (name.startsWith('group:') ? 'Group' : name);
}
