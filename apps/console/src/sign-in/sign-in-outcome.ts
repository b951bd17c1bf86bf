/** Why somebody is back on the sign-in page, as the API says it by `?signIn=`; null: nobody comes from there. */
const SENTENCES = {
  declined: 'You stopped the sign-in at your organisation. Nothing has changed.',
  expired: 'The sign-in took longer than ten minutes, or was begun in another browser. Try again.',
  failed: 'The answer of your organisation did not fit the question. Try again; if it stays so, the log of admin-api says why.',
  unavailable: 'Your organisation’s sign-in does not answer. Use a sign-in link or the API token meanwhile.',
} as const;

export type SignInOutcome = keyof typeof SENTENCES | 'noRole';

export function signInOutcome(search: string): SignInOutcome | null {
  const outcome = new URLSearchParams(search).get('signIn');
  return outcome !== null && (outcome === 'noRole' || Object.hasOwn(SENTENCES, outcome)) ? (outcome as SignInOutcome) : null;
}

export function outcomeSentence(outcome: SignInOutcome | null): string | null {
  return outcome === null || outcome === 'noRole' ? null : SENTENCES[outcome];
}

/** Where the sign-in begins, and comes back to: this page, without what the last try left in its address. */
export function signInAddress({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string {
  const rest = new URLSearchParams(search);
  rest.delete('signIn');
  const query = rest.toString();
  return `/sign-in/oidc?${new URLSearchParams({ returnTo: `${pathname}${query === '' ? '' : `?${query}`}` }).toString()}`;
}
