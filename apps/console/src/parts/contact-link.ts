/** A mail with what support asks first, or a page; null for what is neither, such as a telephone number. Pure. */
export function contactLink(contact: string, code: string, correlationId: string | null): string | null {
  if (/^https?:\/\/\S+$/.test(contact)) return contact;
  if (!/^[^\s@]+@[^\s@]+$/.test(contact)) return null;
  const subject = `Rollcall: ${code}`;
  const body = correlationId === null ? '' : `&body=${encodeURIComponent(`Correlation id ${correlationId}`)}`;
  return `mailto:${encodeURIComponent(contact)}?subject=${encodeURIComponent(subject)}${body}`;
}
