import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { listed } from '../format/counts.js';
import type { Tone } from '../format/effects.js';
import { Badge } from '../parts/badge.js';
import { CopyButton } from '../parts/copy-button.js';
import { DataTable } from '../parts/data-table.js';
import { ProblemBox } from '../parts/problem-box.js';
import { CheckOutcome } from './check-outcome.js';
import styles from './connect.module.css';
import { appRegistrationLink } from './entra-links.js';
import { judgePermissions, neededPermissions, type PermissionState } from './judge-permissions.js';
import { StepFoot } from './step-foot.js';
import type { StepProps } from './step-props.js';
import { useUnsavedTest } from './use-unsaved-test.js';

/** The consent comes from another person, often: the page looks again by itself. */
const LOOK_AGAIN_MS = 5_000;

const STATES: Readonly<Record<PermissionState, readonly [word: string, tone: Tone]>> = {
  untried: ['not tried yet', 'plain'],
  granted: ['granted', 'good'],
  less: ['less than needed', 'warning'],
  missing: ['missing', 'bad'],
};

/** What the application may read, tried with a fresh token until all of it works. */
export function PermissionsStep(props: StepProps): ReactElement {
  const { draft, back, next, obstacle, pass } = props;
  const test = useUnsavedTest(props, [], {
    enabled: true,
    everyMs: LOOK_AGAIN_MS,
    isDone: ({ checks }) => judgePermissions(checks).isDone,
  });
  const checks = test.data?.checks ?? [];
  const { states, failed, extra, isDone } = judgePermissions(checks);
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
          Add the two below, then choose <b>Grant admin consent for</b> your tenant, whose name the button says. The Status column
          must show green ticks. If the button is grey, you are not allowed to consent: ask a Global Administrator or Privileged
          Role Administrator to press it.
        </li>
      </ol>
      <DataTable
        caption="Permissions"
        rows={neededPermissions}
        keyOf={({ name }) => name}
        columns={[
          {
            heading: 'Permission',
            narrow: true,
            cell: ({ name }) => (
              <span className={styles['copied']}>
                <code>{name}</code>
                <CopyButton size="small" text={name} label={`Copy ${name}`}>
                  Copy
                </CopyButton>
              </span>
            ),
          },
          { heading: 'Kind', cell: () => 'Application' },
          { heading: 'What for', cell: ({ purpose }) => purpose },
          { heading: 'State', narrow: true, cell: ({ name }) => <StateBadge state={states[name] ?? 'untried'} /> },
        ]}
      />
      {test.isError && <ProblemBox error={test.error} onRetry={() => void test.refetch()} />}
      {failed.map((check) => (
        <CheckOutcome key={check.name} check={check} />
      ))}
      {states['Group.Read.All'] === 'less' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            The application has <code>GroupMember.Read.All</code> instead of <code>Group.Read.All</code>. That is enough to read,
            but Entra does not notify: changes take minutes, not seconds.
          </MessageBarBody>
        </MessageBar>
      )}
      {extra.length > 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            The application may do more than Rollcall needs: {listed(extra)}. Remove what no other program needs.
          </MessageBarBody>
        </MessageBar>
      )}
      <p role="status">
        {isDone
          ? 'Both permissions work.'
          : 'Rollcall looks again every five seconds, with a fresh token each time. Consent can take a minute to arrive.'}
      </p>
      <StepFoot back={back} next={next} obstacle={obstacle} pass={pass} />
    </div>
  );
}

function StateBadge({ state }: { readonly state: PermissionState }): ReactElement {
  const [word, tone] = STATES[state];
  return <Badge tone={tone}>{word}</Badge>;
}
