import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useMe } from '../app/session.js';
import type { FirstApproval } from '../api/types.js';
import { Instant } from '../parts/instant.js';

/** Where removals take two people: who approved first, for the second to read. */
export function FirstApprovalNote({ approval, what }: { readonly approval: FirstApproval; readonly what: string }): ReactElement {
  const isOwn = useMe().id === approval.by.id;
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        {isOwn ? 'You' : (approval.by.displayName ?? 'Somebody who has left')} approved {what} first,{' '}
        <Instant at={approval.at} exact />.{' '}
        {isOwn
          ? 'Removals take two people here: another super admin, who neither asked for it nor changed it, must approve it too.'
          : 'Removals take two people here: with a second approval it happens.'}
      </MessageBarBody>
    </MessageBar>
  );
}
