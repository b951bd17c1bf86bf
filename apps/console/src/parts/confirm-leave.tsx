import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';

interface ConfirmLeaveProps {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Somebody leaves a form with changes in it. */
export function ConfirmLeave({ onStay, onLeave }: ConfirmLeaveProps): ReactElement {
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Leave without saving?</DialogTitle>
          <DialogContent>The changes on this page are not saved; leaving drops them.</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onStay}>
              Stay
            </Button>
            <Button onClick={onLeave}>Leave without saving</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
