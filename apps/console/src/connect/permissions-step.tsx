import type { ReactElement } from 'react';
import type { Check } from '../api/types.js';
import { Badge } from '../parts/badge.js';
import { DataTable } from '../parts/data-table.js';
import { ProblemBox } from '../parts/problem-box.js';
import { CheckOutcome } from './check-outcome.js';
import styles from './connect.module.css';
import { appRegistrationLink } from './entra-links.js';
import { StepFoot } from './step-foot.js';
import type { StepProps } from './step-props.js';
import { useUnsavedTest, type UnsavedTest } from './use-unsaved-test.js';

/** The consent comes from another person, often: the page looks again by itself. */
const LOOK_AGAIN_MS = 5_000;

const PERMISSIONS = [
  {
    name: 'Group.Read.All',
    purpose: 'find groups, read their members, be notified of changes',
    probes: ['permission:groups', 'permission:groupsDelta', 'permission:members'],
  },
  {
    name: 'User.Read.All',
    purpose: 'read name, mail and whether the person is enabled',
    probes: ['permission:users', 'permission:usersDelta'],
  },
] as const;

/** What the application may read, tried with a fresh token until all of it works. */
export function PermissionsStep({ draft, secret, back, next }: StepProps): ReactElement {
  const test = useUnsavedTest(draft, secret, [], { enabled: true, everyMs: LOOK_AGAIN_MS });
  const token = test.data?.checks.find(({ name }) => name === 'token');
  return (
    <div className={styles['body']}>
      <ol>
        <li>
          Open{' '}
          <a href={appRegistrationLink(draft.clientId, 'CallAnAPI')} target="_blank" rel="noreferrer">
            API permissions
          </a>
          , choose <b>Add a permission</b>, Microsoft Graph, <b>Application permissions</b>. Delegated ones do not count here; the
          delegated User.Read that Entra adds by itself may stay.
        </li>
        <li>
          Add the two below, then choose <b>Grant admin consent</b>. The Status column must show green ticks. If the button is
          grey, you are not allowed to consent: ask a Global Administrator or Privileged Role Administrator to press it.
        </li>
      </ol>
      <DataTable
        caption="Permissions"
        rows={PERMISSIONS}
        keyOf={({ name }) => name}
        columns={[
          { heading: 'Permission', cell: ({ name }) => <code>{name}</code> },
          { heading: 'Kind', cell: () => 'Application' },
          { heading: 'What for', cell: ({ purpose }) => purpose },
          { heading: 'State', narrow: true, cell: ({ probes }) => <PermissionState test={test.data} probes={probes} /> },
        ]}
      />
      {test.isError && <ProblemBox error={test.error} onRetry={() => void test.refetch()} />}
      {token?.ok === false && <CheckOutcome check={token} />}
      {failedPermissions(test.data).map((check) => (
        <CheckOutcome key={check.name} check={check} />
      ))}
      <p role="status">
        {test.data !== undefined && failedPermissions(test.data).length === 0 && token?.ok === true
          ? 'Both permissions work.'
          : 'Rollcall looks again every five seconds, with a fresh token each time. Consent can take a minute to arrive.'}
      </p>
      <p>
        <code>GroupMember.Read.All</code> instead of <code>Group.Read.All</code> is enough for full syncs, but then Entra does not
        notify: changes take minutes, not seconds.
      </p>
      <StepFoot back={back} next={next} />
    </div>
  );
}

interface PermissionStateProps {
  readonly test: UnsavedTest | undefined;
  readonly probes: readonly string[];
}

function PermissionState({ test, probes }: PermissionStateProps): ReactElement {
  const checks = test?.checks.filter(({ name }) => probes.includes(name)) ?? [];
  if (checks.length === 0) return <Badge tone="plain">not tried yet</Badge>;
  return checks.every(({ ok }) => ok) ? <Badge tone="good">granted</Badge> : <Badge tone="bad">missing</Badge>;
}

function failedPermissions(test: UnsavedTest | undefined): Check[] {
  return test?.checks.filter(({ name, ok }) => name.startsWith('permission:') && !ok) ?? [];
}
