import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { queries } from '../api/queries.js';
import type { SyncRun } from '../api/types.js';
import { PageLink } from '../parts/router-link.js';
import { isEnded, progressSentence } from '../runs/run-words.js';

const LOOK_MS = 1_000;

/** The full sync that verifies a new secret, and what to do in Entra once it has. */
export function VerifyingSync({ runId }: { readonly runId: string }): ReactElement {
  const { data: run } = useQuery({
    ...queries.run(runId),
    refetchInterval: ({ state }) => (state.data !== undefined && hasRead(state.data) ? false : LOOK_MS),
  });
  const link = (
    <PageLink to="/sync-runs/$runId" params={{ runId }}>
      A full sync
    </PageLink>
  );
  if (run === undefined || !hasRead(run)) {
    return (
      <Said intent="info">
        {link} verifies the new secret: {run === undefined ? 'it begins' : progressSentence(run)}. Keep the old one in Entra until
        then.
      </Said>
    );
  }
  if (run.state === 'completed' || run.state === 'awaitingReview') {
    return (
      <Said intent="success">
        {link} has read everything with the new secret. <b>Now remove the old secret in Entra</b>, so that nobody can use it any
        more.
      </Said>
    );
  }
  return (
    <Said intent="warning">
      {link} did not come to its end{run.error === null ? '' : `: ${run.error.message}`}. Keep the old secret in Entra until one
      has.
    </Said>
  );
}

/** A plan that waits was made from a complete read, and so has proved the secret too. */
const hasRead = (run: SyncRun): boolean => isEnded(run) || run.state === 'awaitingReview';

interface SaidProps {
  readonly intent: 'info' | 'success' | 'warning';
  readonly children: ReactNode;
}

function Said({ intent, children }: SaidProps): ReactElement {
  return (
    <MessageBar intent={intent} layout="multiline">
      <MessageBarBody>
        <span role="status">{children}</span>
      </MessageBarBody>
    </MessageBar>
  );
}
