import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';
import { contactLink } from './contact-link.js';

interface SupportContactProps {
  readonly code: string;
  readonly correlationId: string | null;
}

/** Whom to ask, as the organisation has set it; nothing where it has not, or nobody is signed in. */
export function SupportContact({ code, correlationId }: SupportContactProps): ReactElement | null {
  // What the session knows already: a failure asks for nothing more.
  const { data } = useQuery({ ...queries.me(), enabled: false });
  const contact = data?.organisation?.supportContact ?? null;
  if (contact === null) return null;
  const link = contactLink(contact, code, correlationId);
  return <p>Ask for help: {link === null ? contact : <a href={link}>{contact}</a>}</p>;
}
