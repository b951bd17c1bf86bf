import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { CopyButton } from './copy-button.js';
import styles from './parts.module.css';

interface JsonDialogProps {
  readonly title: string;
  readonly value: unknown;
  readonly trigger: ReactElement;
}

/** Something as the API has it, to read and to copy. */
export function JsonDialog({ title, value, trigger }: JsonDialogProps): ReactElement {
  const text = JSON.stringify(value, null, 2);
  return (
    <Dialog>
      <DialogTrigger disableButtonEnhancement>{trigger}</DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            <pre className={styles['json']} tabIndex={0}>
              {text}
            </pre>
          </DialogContent>
          <DialogActions>
            <CopyButton text={text}>Copy</CopyButton>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="secondary">Close</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
