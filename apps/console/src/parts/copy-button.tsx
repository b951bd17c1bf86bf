import { Button, type ButtonProps } from '@fluentui/react-components';
import { useState, type ReactElement, type ReactNode } from 'react';

interface CopyButtonProps {
  readonly text: string;
  readonly size?: ButtonProps['size'];
  /** What a screen reader says, where several buttons read the same. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, size = 'medium', label, children }: CopyButtonProps): ReactElement {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    });
  };
  return (
    <Button size={size} onClick={copy} aria-live="polite" {...(label !== undefined && !copied ? { 'aria-label': label } : {})}>
      {copied ? 'Copied' : children}
    </Button>
  );
}
