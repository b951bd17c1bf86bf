import { createLink, type LinkComponent } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes } from 'react';
import styles from './parts.module.css';

const Anchor = forwardRef<HTMLAnchorElement, AnchorHTMLAttributes<HTMLAnchorElement>>(function Anchor(props, ref) {
  return <a ref={ref} className={styles['link']} {...props} />;
});

/** A link to another page of the console. */
export const PageLink: LinkComponent<typeof Anchor> = createLink(Anchor);
