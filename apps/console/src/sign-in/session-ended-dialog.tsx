import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { TokenForm } from './token-form.js';

/** Asks for a new session above the page, which stays as it is. */
export function SessionEndedDialog({ onSignedIn }: { readonly onSignedIn: () => Promise<unknown> }): ReactElement {
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Your session has ended</DialogTitle>
          <DialogContent>
            <p>Nothing on this page is lost. Sign in again here, or open a new sign-in link in another tab and come back.</p>
            <TokenForm onSignedIn={onSignedIn} />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
