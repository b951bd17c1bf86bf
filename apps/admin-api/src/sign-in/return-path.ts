/** Where to go after signing in: a path of our own. Anything that could lead to another site leads to the overview. */
export function returnPath(asked: string | undefined): string {
  if (asked === undefined || !asked.startsWith('/') || asked.length > 2_000) return '/';
  const base = 'http://own.invalid';
  if (!URL.canParse(asked, base)) return '/';
  const url = new URL(asked, base);
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
}
