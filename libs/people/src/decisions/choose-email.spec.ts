import { describe, expect, it } from 'vitest';
import { chooseEmail, emailKey, passesEmailRules } from './choose-email.js';

describe('chooseEmail', () => {
  it.each([
    ['takes the first usable in the order of the setting', { mail: 'a@x.io', userPrincipalName: 'b@x.io' }, 'a@x.io'],
    ['goes on to the next when the first is missing', { mail: null, userPrincipalName: 'b@x.io' }, 'b@x.io'],
    ['trims', { mail: '  a@x.io ' }, 'a@x.io'],
    ['refuses two @', { mail: 'a@b@x.io', userPrincipalName: 'b@x.io' }, 'b@x.io'],
    ['refuses a space', { mail: 'a b@x.io' }, null],
    ['refuses the name of a guest', { userPrincipalName: 'a_x.io#ext#@t.onmicrosoft.com' }, null],
    ['refuses an empty part', { mail: '@x.io', userPrincipalName: 'a@' }, null],
  ])('%s', (_, attributes, expected) => {
    expect(chooseEmail(attributes, ['mail', 'userPrincipalName'])).toBe(expected);
  });

  it('looks through other mails where the setting names them', () => {
    expect(chooseEmail({ mail: 'a@x.io', otherMails: ['bad', 'c@x.io'] }, ['otherMails', 'mail'])).toBe('c@x.io');
  });

  it('compares without case', () => {
    expect(emailKey(' A@X.io')).toBe('a@x.io');
  });
});

describe('passesEmailRules', () => {
  it('needs one inclusion where there are any, and no exclusion', () => {
    expect(passesEmailRules('a@X.io', ['@x.io', '@y.io'], [])).toBe(true);
    expect(passesEmailRules('a@z.io', ['@x.io'], [])).toBe(false);
    expect(passesEmailRules('test-a@x.io', ['@x.io'], ['TEST-'])).toBe(false);
  });
});
