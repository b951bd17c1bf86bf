import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Connection, ConnectionHealth, Reason } from '../api/types.js';
import { Instant } from '../parts/instant.js';

interface StateReasonProps {
  readonly connection: Connection;
  readonly health: ConnectionHealth | undefined;
}

/** Whatever keeps the connection from being simply live: the reason, the remedy, the next try. */
export function StateReason({ connection, health }: StateReasonProps): ReactElement | null {
  if (connection.state === 'disconnected') return null;
  return (
    <>
      {connection.reason !== null && <Told intent="error" reason={connection.reason} nextTryAt={connection.nextTryAt} />}
      {connection.credential.problem !== null && connection.reason?.code !== connection.credential.problem.code && (
        <Told intent="error" reason={connection.credential.problem} nextTryAt={null} />
      )}
      {health?.problem != null && <Told intent="warning" reason={health.problem} nextTryAt={null} />}
      {health?.blocked != null && (
        <Told
          intent="warning"
          reason={{ code: health.blocked.code, message: 'Reading waits, as Microsoft Graph asked.', remedy: '' }}
          nextTryAt={health.blocked.until}
        />
      )}
      {health?.degradedSince != null && (
        <Told
          intent="warning"
          reason={{
            code: 'NOTICES_MISSING',
            message: 'Changes are found by looking, but their notifications do not arrive.',
            remedy: 'Subscriptions are renewed by themselves; meanwhile Rollcall looks more often. Run the self-test below.',
          }}
          nextTryAt={null}
        />
      )}
    </>
  );
}

interface ToldProps {
  readonly intent: 'error' | 'warning';
  readonly reason: Reason;
  readonly nextTryAt: string | null;
}

function Told({ intent, reason, nextTryAt }: ToldProps): ReactElement {
  return (
    <MessageBar intent={intent} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{reason.message}</MessageBarTitle>
        {reason.remedy}{' '}
        {nextTryAt !== null && (
          <>
            Next try: <Instant at={nextTryAt} />.{' '}
          </>
        )}
        <code>{reason.code}</code>
      </MessageBarBody>
    </MessageBar>
  );
}
