import { describe, expect, it } from 'vitest';
import { RulesInvalidError } from '../errors.js';
import { assertAllowedTarget, faultOfTarget, isAllowedAddress } from './target-policy.js';

const strict = { allowLoopback: false };
const loose = { allowLoopback: true };

describe('to where this installation posts', () => {
  it.each([
    'https://hooks.example.com/a',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
    'https://prod-1.westeurope.logic.azure.com/w?sig=x',
  ])('takes %s', (url) => {
    expect(faultOfTarget(new URL(url), strict)).toBeNull();
  });

  it.each([
    'http://hooks.example.com/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::a00:1]/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://localhost/',
    'https://user:password@hooks.example.com/',
    'https://0.0.0.0/',
  ])('refuses %s', (url) => {
    expect(faultOfTarget(new URL(url), strict)).not.toBeNull();
  });

  it('takes loopback only where that is allowed, then also in plain http', () => {
    for (const url of ['http://127.0.0.1:9000/', 'http://localhost:9000/', 'http://[::1]:9000/']) {
      expect(faultOfTarget(new URL(url), strict)).not.toBeNull();
      expect(faultOfTarget(new URL(url), loose)).toBeNull();
    }
    expect(faultOfTarget(new URL('http://10.0.0.1/'), loose)).not.toBeNull();
  });

  it('judges the addresses that a name resolves to', () => {
    expect(isAllowedAddress('93.184.216.34', strict)).toBe(true);
    expect(isAllowedAddress('10.1.2.3', strict)).toBe(false);
    expect(isAllowedAddress('::ffff:169.254.169.254', strict)).toBe(false);
    expect(isAllowedAddress('::ffff:7f00:1', strict)).toBe(false);
    expect(isAllowedAddress('127.0.0.1', loose)).toBe(true);
    expect(isAllowedAddress('not an address', loose)).toBe(false);
  });

  it('names the field, and never the address', () => {
    expect(() => assertAllowedTarget('teams.url', 'http://secret.example.com/?sig=abc', strict)).toThrow(RulesInvalidError);
    expect(() => assertAllowedTarget('teams.url', 'http://secret.example.com/?sig=abc', strict)).toThrow(
      'teams.url must be an https address',
    );
  });
});
