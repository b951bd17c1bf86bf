import { expect, it } from 'vitest';
import { loopbackUrl } from './loopback-url.js';

it('takes loopback where the process listens everywhere, else the address itself', () => {
  expect(loopbackUrl('http://0.0.0.0:3000')).toBe('http://127.0.0.1:3000');
  expect(loopbackUrl('http://[::]:3000')).toBe('http://127.0.0.1:3000');
  expect(loopbackUrl('http://[::1]:41003')).toBe('http://[::1]:41003');
  expect(loopbackUrl('http://127.0.0.1:41003')).toBe('http://127.0.0.1:41003');
});
