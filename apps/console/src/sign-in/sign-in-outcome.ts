/** Why somebody is back on the sign-in page, as the API says it by `?signIn=`; null: nobody comes from there. */
const SENTENCES = {
  declined: 'You stopped the sign-in at your organisation. Nothing has changed.',
  expired: 'This sign-in was used already, took longer than ten minutes, or was begun in another browser. Try again.',
  failed:
    'What your organisation answered does not belong to this sign-in, so nobody was signed in. Try again; if it stays so, whoever runs Rollcall finds the reason in its log.',
  linkUsed: 'This sign-in link was used already, or is older than ten minutes.',
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
