import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import styles from './parts.module.css';
import { useReturnFocus } from './use-return-focus.js';

interface ConfirmLeaveProps {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Somebody leaves a form with changes in it. */
export function ConfirmLeave({ onStay, onLeave }: ConfirmLeaveProps): ReactElement {
  useReturnFocus();
  return (
    <Dialog open modalType="alert">
      <DialogSurface onKeyDown={({ key }) => key === 'Escape' && onStay()}>
        <DialogBody>
          <DialogTitle>Leave without saving?</DialogTitle>
          <DialogContent>The changes on this page are not saved; leaving drops them.</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onStay}>
              Stay
            </Button>
            <Button className={styles['verb'] ?? ''} onClick={onLeave}>
              Leave without saving
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
