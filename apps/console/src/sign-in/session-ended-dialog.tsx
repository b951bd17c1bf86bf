import { Button, Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useReturnFocus } from '../parts/use-return-focus.js';
import { signInAddress } from './sign-in-outcome.js';
import { useHasIdentityProvider } from './sign-in-ways.js';
import { TokenForm } from './token-form.js';

/** Asks for a new session above the page, which stays as it is. */
export function SessionEndedDialog({ onSignedIn }: { readonly onSignedIn: () => Promise<unknown> }): ReactElement {
  useReturnFocus();
  const hasIdentityProvider = useHasIdentityProvider();
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Your session has ended</DialogTitle>
          <DialogContent>
            <p>Nothing on this page is lost. Sign in again here, or open a new sign-in link in another tab and come back.</p>
            {hasIdentityProvider && (
              <p>
                <a href={signInAddress({ pathname: '/me', search: '' })} target="_blank" rel="noopener">
                  Sign in with your organisation in another tab
                </a>
                , then{' '}
                <Button size="small" onClick={() => void onSignedIn()}>
                  I have signed in
                </Button>
              </p>
            )}
            <TokenForm onSignedIn={onSignedIn} />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
