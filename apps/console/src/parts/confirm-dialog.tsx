import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Spinner,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import styles from './parts.module.css';
import { ProblemBox } from './problem-box.js';
import { useReturnFocus } from './use-return-focus.js';

interface ConfirmDialogProps {
  /** A question that names what happens, and to how many. */
  readonly title: string;
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  /** What the other button says, where "Cancel" could be taken for the verb. */
  readonly otherwise?: string;
  readonly danger?: boolean;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before something happens to people. Stays open, with the reason, where it could not be done. */
export function ConfirmDialog({
  title,
  children,
  action,
  otherwise = 'Cancel',
  danger = false,
  onConfirm,
  onClose,
}: ConfirmDialogProps): ReactElement {
  useReturnFocus();
  const work = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  const cancel = () => !work.isPending && onClose();
  return (
    <Dialog open modalType={danger ? 'alert' : 'modal'} onOpenChange={(_, { open }) => !open && cancel()}>
      <DialogSurface onKeyDown={({ key }) => danger && key === 'Escape' && cancel()}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {children}
            {work.isError && <ProblemBox error={work.error} />}
          </DialogContent>
          <DialogActions>
            <Button
              className={styles['verb'] ?? ''}
              appearance="primary"
              disabledFocusable={work.isPending}
              onClick={() => work.mutate()}
            >
              {work.isPending ? <Spinner size="tiny" label={action} /> : action}
            </Button>
            <Button disabled={work.isPending} onClick={onClose}>
              {otherwise}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
