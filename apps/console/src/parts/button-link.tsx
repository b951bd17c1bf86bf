import { Button, type ButtonProps } from '@fluentui/react-components';
import { createLink, type LinkComponent } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes, type ReactElement } from 'react';

type AnchorProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'type'> & Pick<ButtonProps, 'appearance' | 'size'>;

const ButtonAnchor = forwardRef<HTMLAnchorElement, AnchorProps>(function ButtonAnchor(
  { appearance, size, ...anchor },
  ref,
): ReactElement {
  return <Button as="a" {...(anchor as object)} appearance={appearance} size={size} ref={ref} />;
});

/** A link that looks like a button: it opens a page, it does not act. */
export const ButtonLink: LinkComponent<typeof ButtonAnchor> = createLink(ButtonAnchor);
