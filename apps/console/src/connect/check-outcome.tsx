import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Check } from '../api/types.js';

/** A check as a person reads it: a tick, or the code with sentence and remedy. What could not be checked is no error of theirs. */
export function CheckOutcome({ check }: { readonly check: Check }): ReactElement {
  const { ok, conclusive, code, message, remedy } = check;
  return (
    <MessageBar intent={ok && code === null ? 'success' : ok || !conclusive ? 'warning' : 'error'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{message}</MessageBarTitle>
        {remedy} {code !== null && <code>{code}</code>}
      </MessageBarBody>
    </MessageBar>
  );
}
