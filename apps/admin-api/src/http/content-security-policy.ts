/** Nothing but files of our own origin: no inline script, no foreign host, no frame around a page. */
const DIRECTIVES = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
} as const;

/** The policy as a header. `styleNonce`: style elements that carry it are allowed too. */
export function contentSecurityPolicy({ styleNonce }: { readonly styleNonce?: string } = {}): string {
  return Object.entries(DIRECTIVES)
    .map(([name, value]) => `${name} ${value}${name === 'style-src' && styleNonce !== undefined ? ` 'nonce-${styleNonce}'` : ''}`)
    .join(';');
}
