import { describe, expect, it } from 'vitest';
import { outcomeSentence, signInAddress, signInOutcome } from './sign-in-outcome.js';

describe('what the sign-in page says', () => {
  it('explains why somebody is back, in words of ours only', () => {
    expect(outcomeSentence(signInOutcome('?signIn=declined'))).toContain('stopped');
    expect(outcomeSentence(signInOutcome('?signIn=linkUsed'))).toContain('used already');
    expect(signInOutcome('?signIn=noRole')).toBe('noRole');
    for (const search of ['', '?signIn=', '?signIn=toString', '?signIn=<b>'])
      expect(outcomeSentence(signInOutcome(search))).toBeNull();
  });

  it('comes back to the page, without the reason of the last try', () => {
    expect(signInAddress({ pathname: '/people', search: '?q=ada&signIn=failed' })).toBe(
      '/sign-in/oidc?returnTo=%2Fpeople%3Fq%3Dada',
    );
    expect(signInAddress({ pathname: '/', search: '?signIn=failed' })).toBe('/sign-in/oidc?returnTo=%2F');
  });
});
